import { z } from "zod";
import { id, text } from "../../primitives";

export const banInput = z.object({
  userId: id,
  /** The person reads it, in the mail and when they try to sign in. */
  reason: text({ min: 1, max: 500, isProse: true }).optional(),
});
export type Ban = z.infer<typeof banInput>;

export const unbanInput = z.object({ userId: id });
