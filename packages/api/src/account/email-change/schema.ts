import { z } from "zod";
import { email, instant, opaqueToken } from "../../primitives";

export const requestEmailChangeInput = z.object({
  newEmail: email,
  /** May be left out by someone who has just signed in. */
  password: z.string().max(1024).optional(),
});
export type RequestEmailChange = z.infer<typeof requestEmailChangeInput>;

/** The address that is asked for, or that the account has now. */
export const emailChange = z.object({ email: z.string() }).meta({ id: "EmailChange" });
export type EmailChange = z.infer<typeof emailChange>;

/** Null while none waits. */
export const pendingEmailChange = z
  .object({ newEmail: z.string().nullable(), expiresAt: instant.nullable() })
  .meta({ id: "PendingEmailChange" });
export type PendingEmailChange = z.infer<typeof pendingEmailChange>;

export const emailChangeTokenInput = z.object({ token: opaqueToken });
