"use client";
import { FormField } from "@/components/form-field";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";
import { centsAsTyped, rateFields, readTypedRate } from "./rate-fields";
import { RatePreview } from "./rate-preview";

/** A host's rate and window, with what they come to for a caller. */
export function RateForm(rate: { ratePerMinuteCents: number; windowSizeMinutes: number }) {
  const setRate = trpc.hostOnboarding.setRate.useMutation();
  const setWindow = trpc.hostOnboarding.setWindow.useMutation();
  const { form, control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: rateFields,
    values: {
      ratePerMinuteCents: centsAsTyped(rate.ratePerMinuteCents),
      windowSizeMinutes: String(rate.windowSizeMinutes),
    },
    save: async ({ ratePerMinuteCents, windowSizeMinutes }, changed) => {
      if (changed.has("ratePerMinuteCents")) await setRate.mutateAsync({ ratePerMinuteCents });
      if (changed.has("windowSizeMinutes")) await setWindow.mutateAsync({ windowSizeMinutes });
    },
    done: "Rate saved.",
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
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
      <RatePreview {...readTypedRate(form.watch())} />
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} />
    </form>
  );
}
