import { rateCentsBounds, windowMinutesBounds } from "@parley/api/rules/host-onboarding";
import { parseCents } from "@/components/money";

/** What the fields of a rate and a window hold. */
export interface TypedRate {
  ratePerMinuteCents: string;
  windowSizeMinutes: string;
}

/** A rate as it is typed: 250 to "2.50". */
export function centsAsTyped(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** What is typed, as far as it can be read already; null for what is not valid yet. Saving checks by the schema. */
export function readTypedRate(typed: TypedRate) {
  const window = /^\d{1,4}$/.test(typed.windowSizeMinutes.trim()) ? Number(typed.windowSizeMinutes) : null;
  return {
    ratePerMinuteCents: within(rateCentsBounds, parseCents(typed.ratePerMinuteCents)),
    windowSizeMinutes: within(windowMinutesBounds, window),
  };
}

function within({ min, max }: { min: number; max: number }, value: number | null): number | null {
  return value !== null && value >= min && value <= max ? value : null;
}
