const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;

/** How long the owner may change their mind. */
export const graceDays = 14;

/** A sign-in that recent stands for the password. */
const freshMinutes = 10;

export function purgeTime(now: Date): Date {
  return new Date(now.getTime() + graceDays * dayMs);
}

export function isFreshSignIn(signedInAt: Date, now: Date): boolean {
  return now.getTime() - signedInAt.getTime() <= freshMinutes * minuteMs;
}
