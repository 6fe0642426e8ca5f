import { z } from "zod";
import { instant, opaqueToken } from "../../primitives";

/** The password may be left out by someone who has just signed in. */
const password = z.string().max(1024).optional();

export const requestDeletionInput = z.object({ password });
export type RequestDeletion = z.infer<typeof requestDeletionInput>;

export const deletionAnswer = z
  .object({
    /** When everything goes; until then the link in the mail brings the account back. */
    purgeAt: instant,
  })
  .meta({ id: "Deletion" });
export type DeletionAnswer = z.infer<typeof deletionAnswer>;

/** Who means to delete for good says so by naming the account. Source: inventory I10. */
export const deleteNowInput = z.object({
  username: z.string().max(200).nullable().default(null),
  email: z.string().max(254),
  password,
});
export type DeleteNow = z.infer<typeof deleteNowInput>;

export const restoreInput = z.object({ token: opaqueToken });
