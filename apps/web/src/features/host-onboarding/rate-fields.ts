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

/** A rate as it is typed: 250 to "2.50". */
export function centsAsTyped(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** What is typed, as far as it can be read already; null for what is not valid yet. */
export function readTypedRate(typed: z.input<typeof rateFields>) {
  const rate = rateFields.shape.ratePerMinuteCents.safeParse(typed.ratePerMinuteCents);
  const window = rateFields.shape.windowSizeMinutes.safeParse(typed.windowSizeMinutes);
  return { ratePerMinuteCents: rate.data ?? null, windowSizeMinutes: window.data ?? null };
}
