import { z } from "zod";
import { email, id, instant } from "../primitives";
import { displayName, role } from "../profile/schema";
import { newPassword } from "./password/schema";
import { tokenPair } from "./sessions/schema";

/** An account as its owner sees it when signing in. Source: conventions N8. */
export const account = z
  .object({
    id,
    email: z.string(),
    displayName: z.string(),
    role,
    emailVerified: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: "Account" });
export type Account = z.infer<typeof account>;

export const registerInput = z.object({ email, password: newPassword, displayName: displayName.optional() });
export type Register = z.infer<typeof registerInput>;

/** Any text in both: what could be no account's address or password is answered like a wrong one. */
export const signInInput = z.object({ email: z.string(), password: z.string() });
export type SignIn = z.infer<typeof signInInput>;

export const signedInAnswer = z.object({ user: account, ...tokenPair.shape }).meta({ id: "SignedIn" });
export type SignedIn = z.infer<typeof signedInAnswer>;
