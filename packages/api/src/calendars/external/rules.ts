const dayMs = 24 * 60 * 60 * 1_000;

/** How far busy times are written out: as far as a host may be booked ahead, and then some until the next reading. */
const pastDays = 1;
const futureDays = 400;
/** Even a calendar that says it is unchanged is read again so often, since the time written out moves on. */
const rereadAfterMs = dayMs;

export const maxCalendarBytes = 2 * 1024 * 1024;
export const fetchTimeoutMs = 10_000;
/** Asked for by a job every five minutes: about every quarter of an hour. */
export const refreshAfterMs = 14 * 60 * 1_000;

/** The stretch of time whose busy times are kept, in milliseconds since the epoch. */
export function keptPeriod(now: Date): { from: number; to: number } {
  return { from: now.getTime() - pastDays * dayMs, to: now.getTime() + futureDays * dayMs };
}

/** Whether what was read still holds, should the calendar be unchanged: read lately, and for the same zone. */
export function holdsStill(last: { readAt: Date | null; timezone: string | null }, timezone: string, now: Date) {
  return last.timezone === timezone && last.readAt !== null && now.getTime() - last.readAt.getTime() < rereadAfterMs;
}

/** One address, one spelling. `webcal:` asks for a subscription, and nothing else; calendars elsewhere speak https. */
export function calendarAddress(text: string): string {
  const address = text.trim().replace(/^webcals?:\/\//i, "https://");
  return URL.canParse(address) ? new URL(address).href : address;
}

/** Of the address, what may be shown: the rest is a secret. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : "";
}
