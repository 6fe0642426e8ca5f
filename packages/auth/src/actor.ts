/** What a person may do grows in this order; the role in the database decides, never the one in a token. */
export type Role = "user" | "verified_user" | "host" | "admin";

/** Who calls. */
export interface Actor {
  /** UUID in lower case. */
  userId: string;
  role: Role;
  /** UUID in lower case; null where somebody calls by an API token, which is no session. */
  sessionId: string | null;
  /** What the credentials are good for, as `<domain>:read` or `<domain>:write`; ["*"], everything, for sessions. */
  scopes: readonly string[];
}

/** Somebody who signed in. */
export interface SessionActor extends Actor {
  sessionId: string;
}
