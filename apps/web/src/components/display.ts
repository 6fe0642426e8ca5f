/** How a person wants times and numbers to look. */
export interface Display {
  /** IANA name. */
  timeZone: string;
  /** BCP 47. */
  locale: string;
}

/** What was chosen; null follows the device. */
export interface DisplayChoice {
  timeZone: string | null;
  locale: string | null;
}

/** What a device was told keeps in its cookies; before what its owner's account says, which pages carry along. */
export const displayCookies = { timeZone: "parley-zone", locale: "parley-locale" } as const;

const yearInSeconds = 365 * 24 * 60 * 60;

/** Reads the choice from cookies; what no runtime could use counts as not chosen. */
export function displayChoice(cookieOf: (name: string) => string | undefined): DisplayChoice {
  return usableChoice({ timeZone: cookieOf(displayCookies.timeZone), locale: cookieOf(displayCookies.locale) });
}

/** What of a choice this runtime can write times with. */
export function usableChoice({ timeZone, locale }: { [Part in keyof DisplayChoice]?: string | null }): DisplayChoice {
  return {
    timeZone: timeZone && isUsable({ timeZone }) ? timeZone : null,
    locale: locale && isUsable({ locale }) ? locale : null,
  };
}

/** The line for `document.cookie` that keeps one part of the choice, or forgets it. */
export function displayCookieLine(part: keyof DisplayChoice, value: string | null): string {
  const age = value === null ? 0 : yearInSeconds;
  return `${displayCookies[part]}=${encodeURIComponent(value ?? "")}; path=/; max-age=${age}; samesite=lax`;
}

function isUsable({ timeZone, locale }: Partial<Display>): boolean {
  try {
    new Intl.DateTimeFormat(locale, { timeZone });
    return true;
  } catch {
    return false;
  }
}
