const dayMs = 24 * 60 * 60 * 1000;

/** How long a notification is kept: what was read for a season, whatever it is for a year. */
const keptDays = { read: 90, any: 365 };

/** What was read, or written at all, before these is forgotten. */
export function forgetNotificationsBefore(now: Date): { readBefore: Date; writtenBefore: Date } {
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
  return { readBefore: daysAgo(keptDays.read), writtenBefore: daysAgo(keptDays.any) };
}
