import { ratePerMinuteCents, windowSizeMinutes } from "@parley/api/schema/host-onboarding";
import { z } from "zod";
import { parseCents } from "@/components/money";

/** What people type for a rate and a window, as the procedures take them; the fields bear the procedures' names. */
export const rateFields = z.object({
  ratePerMinuteCents: z
    .string()
    .transform((text, context) => {
      const amount = parseCents(text);
      if (amount === null) context.addIssue({ code: "custom", message: "must be an amount such as 2.50" });
      return amount ?? z.NEVER;
    })
    .pipe(ratePerMinuteCents),
  windowSizeMinutes: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, "must be a whole number of minutes")
    .transform(Number)
    .pipe(windowSizeMinutes),
});
