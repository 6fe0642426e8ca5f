/** So many API tokens a person may have at a time. */
export const maxApiTokens = 50;

/** The longest that a token may be asked to live, where it is to end at all. */
export const maxApiTokenDays = 3_650;

const dayMs = 24 * 60 * 60 * 1000;

/** How long an expired token is shown to its owner before it is forgotten. */
const keptDays = 30;

const shownCharacters = 4;

/**
 * What an API token may be good for: to read or to write in one domain of the router. Domains of which nothing is open
 * to API tokens have none; a test holds the list against the router.
 */
export const apiScopes = [
  ...(["account:read", "account:write"] as const),
  ...(["bookings:read", "bookings:write"] as const),
  ...(["calendars:read", "calendars:write"] as const),
  ...(["devices:read", "devices:write"] as const),
  ...(["directory:read", "directory:write"] as const),
  ...(["hostOnboarding:read", "hostOnboarding:write"] as const),
  ...(["messages:read", "messages:write"] as const),
  ...(["notifications:read", "notifications:write"] as const),
  ...(["profile:read", "profile:write"] as const),
  ...(["schedule:read", "schedule:write"] as const),
  "subscription:read",
] as const;

export type ApiScope = (typeof apiScopes)[number];

export type ProcedureType = "query" | "mutation" | "subscription";

/** The scope that a call of `domain.procedure` needs. */
export function scopeOf(procedure: string, type: ProcedureType): string {
  return `${procedure.slice(0, procedure.indexOf("."))}:${type === "query" ? "read" : "write"}`;
}

/** Whether credentials of these scopes are good for a call; "*", of sessions, is everything. */
export function isGoodFor(scopes: readonly string[], procedure: string, type: ProcedureType): boolean {
  return scopes[0] === "*" || scopes.includes(scopeOf(procedure, type));
}

export function apiTokenExpiry(now: Date, days: number | null): Date | null {
  return days === null ? null : new Date(now.getTime() + days * dayMs);
}

/** Tokens that expired before this are forgotten. */
export function forgetApiTokensBefore(now: Date): Date {
  return new Date(now.getTime() - keptDays * dayMs);
}

/** What of a token may be shown later, to tell it from others. */
export function apiTokenHint(token: string): string {
  return token.slice(-shownCharacters);
}
