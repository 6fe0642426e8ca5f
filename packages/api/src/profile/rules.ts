/** Lower-case letters, digits, hyphen, underscore; 3 to 30 of them; a letter or digit at both ends. */
export const usernameGrammar = /^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$/;

/** Names that are, or may become, addresses of Parley itself, or that would pass for its staff. */
const reservedUsernames: ReadonlySet<string> = new Set(
  `about abuse account accounts admin administrator api app apps assets auth avatar avatars become-a-host billing
  blog book booking bookings calendar careers cdn change-email chat contact dashboard design developer developers
  directory docs download explore favicon feed feeds follow followers following forgot-password healthz help home
  host hosts images index info invitation invitations invite jobs keep-email legal login logout mail me media
  messages metrics moderator news notifications null objects official onboarding openapi opengraph-image
  organizations parley password payments press pricing privacy profile profiles public readyz register reset-password
  restore-account robots root schedule schedules search security session sessions settings sign-in sign-out sign-up
  signin signout signup sitemap staff static status support system team terms trpc undefined user users verify-email
  web webhooks well-known www`.split(/\s+/),
);

/** Why a name in lower case cannot be a username, worded to follow the field's name; null where it can. */
export function usernameProblem(name: string): string | null {
  if (!usernameGrammar.test(name)) {
    return "must be 3 to 30 letters, digits, hyphens or underscores, with a letter or digit at both ends";
  }
  return isReservedUsername(name) ? "is reserved" : null;
}

export function isReservedUsername(username: string): boolean {
  return reservedUsernames.has(username);
}
