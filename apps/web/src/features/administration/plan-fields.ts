import { planOffer } from "@parley/api/schema/subscription";
import { z } from "zod";

const { planName, termMonths, maxDevices } = planOffer.shape;
const whole = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, "must be a whole number")
  .transform(Number);

/** What an administrator types of a plan, as the procedure takes it. */
export const planFields = z.object({
  planName,
  termMonths: whole.pipe(termMonths),
  maxDevices: whole.pipe(maxDevices),
});
export type TypedPlan = z.input<typeof planFields>;
