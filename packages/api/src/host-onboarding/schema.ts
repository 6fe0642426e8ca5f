import { z } from "zod";
import { cents } from "../primitives";
import { bio, username } from "../profile/schema";
import { rateCentsBounds, windowMinutesBounds } from "./rules";

// Callers write dollars, so the message speaks of dollars.
const rateMessage = "must be between 0.50 and 999.99";
export const ratePerMinuteCents = cents.min(rateCentsBounds.min, rateMessage).max(rateCentsBounds.max, rateMessage);

const windowMessage = "must be between 1 and 60";
export const windowSizeMinutes = z
  .int()
  .min(windowMinutesBounds.min, windowMessage)
  .max(windowMinutesBounds.max, windowMessage);

/** Source: 000, POST /v1/users/me/become-host. A bio that is left out stays as it is; null clears it. */
export const becomeHostInput = z.object({
  username,
  bio: bio.nullable().optional(),
  ratePerMinuteCents,
  windowSizeMinutes,
});
export type BecomeHost = z.infer<typeof becomeHostInput>;

export const rate = z.object({ ratePerMinuteCents }).meta({ id: "Rate" });
export type Rate = z.infer<typeof rate>;

export const billingWindow = z.object({ windowSizeMinutes }).meta({ id: "BillingWindow" });
export type BillingWindow = z.infer<typeof billingWindow>;

/** What a person means to ask once they are a host. */
export const plannedRate = z.object({ ratePerMinuteCents, windowSizeMinutes }).meta({ id: "PlannedRate" });
export type PlannedRate = z.infer<typeof plannedRate>;

/** Asked for without a state, the present one flips. Source: V9; conventions, `toggle-available`. */
export const setAvailableInput = z.object({ isAvailable: z.boolean().optional() }).optional();
export type SetAvailable = z.infer<typeof setAvailableInput>;

export const available = z.object({ isAvailable: z.boolean() }).meta({ id: "Available" });
export type Available = z.infer<typeof available>;
