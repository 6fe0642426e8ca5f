const dayMs = 24 * 60 * 60 * 1000;

/** How long the owner may change their mind. */
const graceDays = 14;

export function purgeTime(now: Date): Date {
  return new Date(now.getTime() + graceDays * dayMs);
}
