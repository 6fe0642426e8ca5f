/** Names in use that runtimes leave out of their own lists, though they know them. */
const moreZones = `UTC Europe/Kyiv Asia/Kolkata Asia/Kathmandu Asia/Yangon Asia/Ho_Chi_Minh America/Nuuk
America/Argentina/Buenos_Aires America/Indiana/Indianapolis Africa/Asmara Atlantic/Faroe Pacific/Kanton`.split(/\s+/);

let options: readonly { id: string; label: string }[] | undefined;

/** Every zone to choose from. */
export function zoneOptions(): readonly { id: string; label: string }[] {
  options ??= [...new Set([...moreZones.filter(isKnown), ...Intl.supportedValuesOf("timeZone")])]
    .toSorted((a, b) => (a === "UTC" ? -1 : b === "UTC" ? 1 : a.localeCompare(b, "en")))
    .map((id) => ({ id, label: zoneLabel(id) }));
  return options;
}

/** "America/New_York" as people read it: "America / New York". */
export function zoneLabel(timeZone: string): string {
  return timeZone.replaceAll("_", " ").replaceAll("/", " / ");
}

/** The place alone: "New York". */
export function zonePlace(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

/** "GMT+2" at an instant; empty where this runtime does not know the zone. */
export function zoneOffset(timeZone: string, instant: number): string {
  if (!isKnown(timeZone)) return "";
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts(instant);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
