import type { Account } from "../schema";

/** A proven address lifts a plain user; a host or an administrator who proves one stays what they are. */
export function roleAfterVerification(role: Account["role"]): Account["role"] {
  return role === "user" ? "verified_user" : role;
}
