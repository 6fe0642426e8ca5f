const dayMs = 24 * 60 * 60 * 1000;

/** How long a session outlives its last refresh. Source: conventions, "tokens". */
const lifeDays = 30;

/** How long an ended session is kept, so that its owner can be told of it. */
const keptDays = 30;

const maxUserAgentCharacters = 512;

export function sessionExpiry(now: Date): Date {
  return new Date(now.getTime() + lifeDays * dayMs);
}

/** Sessions that ended or expired before this are forgotten. */
export function forgetSessionsBefore(now: Date): Date {
  return new Date(now.getTime() - keptDays * dayMs);
}

/** A User-Agent header as PostgreSQL can store it: bounded, without NUL, without half of a surrogate pair. */
export function boundedUserAgent(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const start = userAgent.slice(0, 2 * maxUserAgentCharacters).toWellFormed();
  return [...start.replaceAll("\0", "")].slice(0, maxUserAgentCharacters).join("");
}
