/** A sign-in that recent stands for the password. */
const freshMinutes = 10;

export function isFreshSignIn(signedInAt: Date, now: Date): boolean {
  return now.getTime() - signedInAt.getTime() <= freshMinutes * 60 * 1000;
}
