"use client";
import { documentMaxBytes, documentTypes } from "@parley/api/rules/host-onboarding/age-verification";
import { useState } from "react";
import { useController } from "react-hook-form";
import { FileField } from "@/components/file-field";
import { FormField } from "@/components/form-field";
import { Progress } from "@/components/progress";
import { trpc } from "@/trpc/react";
import type { StepId } from "./journey";
import { StepBar } from "./step-bar";
import { useStepForm } from "./use-step-form";

const values = { birthDate: "", document: null as File | null };

/** A birth date and the document that proves it, with how much of it has been sent. */
export function AgeForm({ next }: { next: StepId }) {
  const [uploaded, setUploaded] = useState(0);
  const request = trpc.hostOnboarding.submitAgeVerification.useMutation({
    trpc: { context: { onUploadProgress: setUploaded } },
  });
  const { control, isDirty, isPending, submit } = useStepForm({
    schema: () => import("./age-fields").then(({ ageFields }) => ageFields),
    values,
    save: (typed) => {
      setUploaded(0);
      return request.mutateAsync(typed);
    },
    done: "Sent. We look at it as soon as we can.",
    next,
  });
  const { field, fieldState } = useController({ control, name: "document" });
  const problem = fieldState.error?.message;

  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <FormField
        control={control}
        name="birthDate"
        label="Date of birth"
        type="date"
        autoComplete="bday"
        className="max-w-60"
      />
      <FileField
        label="Identity document"
        hint={`Passport, identity card or driving licence. JPEG, PNG, WebP or PDF, at most ${documentMaxBytes / 1024 / 1024} MB.`}
        acceptedTypes={documentTypes}
        file={field.value}
        onChange={field.onChange}
        error={problem === undefined ? undefined : `Document ${problem}.`}
        isDisabled={isPending}
      />
      {isPending && <Progress label={uploaded < 1 ? "Sending your document" : "Saving"} value={uploaded} />}
      <StepBar isPending={isPending} isDirty={isDirty} verb="Send for review" />
    </form>
  );
}
