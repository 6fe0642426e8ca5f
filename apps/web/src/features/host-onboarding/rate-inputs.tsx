"use client";
import type { Control } from "react-hook-form";
import type { z } from "zod";
import { FormField } from "@/components/form-field";
import type { rateFields } from "./rate-fields";

export interface RateInputsProps {
  control: Control<z.input<typeof rateFields>, unknown, z.output<typeof rateFields>>;
}

/** Where a rate and a window are typed. */
export function RateInputs({ control }: RateInputsProps) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <FormField
        control={control}
        name="ratePerMinuteCents"
        label="Rate"
        prefix="$"
        suffix="per minute"
        inputMode="decimal"
        hint="Between $0.50 and $999.99."
      />
      <FormField
        control={control}
        name="windowSizeMinutes"
        label="Window"
        suffix="minutes"
        inputMode="numeric"
        hint="Between 1 and 60."
      />
    </div>
  );
}
