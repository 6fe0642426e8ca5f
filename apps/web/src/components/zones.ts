import { dateFormat } from "./date-format";

/** The names of today for those that runtimes still go by: their own lists leave them out, though they know them. */
const namesOfToday: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
};
const moreZones = ["UTC", ...Object.values(namesOfToday)];

let options: readonly { id: string; label: string }[] | undefined;

/** Every zone to choose from. */
export function zoneOptions(): readonly { id: string; label: string }[] {
  options ??= [...new Set([...moreZones.filter(isKnown), ...Intl.supportedValuesOf("timeZone")])]
    .toSorted((a, b) => (a === "UTC" ? -1 : b === "UTC" ? 1 : a.localeCompare(b, "en")))
    .map((id) => ({ id, label: zoneLabel(id) }));
  return options;
}

/** Where a browser has it by itself: to make the first of all formats takes a phone a tenth of a second. */
const { Temporal: ownTemporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } };

/** The zone of this device, by its name of today. */
export function deviceZone(): string {
  const timeZone = ownTemporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = namesOfToday[timeZone];
  return today !== undefined && isKnown(today) ? today : timeZone;
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
  const parts = dateFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts(instant);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function isKnown(timeZone: string): boolean {
  try {
    dateFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
