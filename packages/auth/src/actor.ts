/** What a person may do grows in this order; the role in the database decides, never the one in a token. */
export type Role = "user" | "verified_user" | "host" | "admin";

/** Who calls. */
export interface Actor {
  /** UUID in lower case. */
  userId: string;
  role: Role;
  /** UUID in lower case. */
  sessionId: string;
  /** ["*"], everything, for sessions. */
  scopes: readonly string[];
}
