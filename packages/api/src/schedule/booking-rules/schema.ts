import { z } from "zod";
// For the words of its messages: a form in the browser may know no other schema.
import "../../primitives";
import { bookingRulesBounds as bounds, repeatedAt } from "./rules";

const within = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);

const fields = z.object({
  /** The lengths on offer, each once; answered ascending. */
  durationsMinutes: z
    .array(within(bounds.durationMinutes))
    .min(bounds.durations.min)
    .max(bounds.durations.max)
    .check(({ value, issues }) => {
      for (const index of repeatedAt(value)) {
        issues.push({ code: "custom", message: "is in the list already", input: value[index], path: [index] });
      }
    }),
  /** From one start to the next. */
  stepMinutes: within(bounds.stepMinutes),
  bufferBeforeMinutes: within(bounds.bufferMinutes),
  bufferAfterMinutes: within(bounds.bufferMinutes),
  /** Elapsed time from now to the earliest start. */
  minimumNoticeMinutes: within(bounds.minimumNoticeMinutes),
  /** How many dates ahead may be booked. */
  windowDays: within(bounds.windowDays),
  /** Null where there is no limit. */
  maxPerDay: within(bounds.maxPerDay).nullable(),
  /** Whether a booking waits for the host's consent. */
  requiresConsent: z.boolean(),
});

export const bookingRules = fields
  .extend({
    /** Raised by every change; 0 while the rules are those that everybody starts with. */
    version: z.int().min(0),
  })
  .meta({ id: "BookingRules" });
export type VersionedBookingRules = z.infer<typeof bookingRules>;

export const saveBookingRulesInput = fields.extend({
  /** The version that was read. */
  expectedVersion: z.int().optional(),
});
export type SaveBookingRules = z.infer<typeof saveBookingRulesInput>;
