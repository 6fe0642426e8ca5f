"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef, useState } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, type PathValue, useForm } from "react-hook-form";
import type { z } from "zod";
import { failureOf, type ShownFailure } from "@/trpc/failure";

export type Refusal = Pick<ShownFailure, "message" | "fields">;

export interface AccountFormOptions<Values extends FieldValues, Output extends FieldValues> {
  schema: z.ZodType<Output, Values>;
  /** Empty fields; the same object at every rendering. */
  values: Values;
  /** Does it. Whatever it throws, and any refusal that it answers, is shown; else the person is on their way elsewhere. */
  submit(output: Output): Promise<Refusal | null>;
}

/** What the forms at the door do alike. What was typed survives every failure. */
export function useAccountForm<Values extends FieldValues, Output extends FieldValues>(
  options: AccountFormOptions<Values, Output>,
) {
  const { schema, values, submit } = options;
  const element = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const form = useForm<Values, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues: values as DefaultValues<Values>,
    mode: "onTouched",
  });

  // Password managers and quick hands fill fields in before any script runs: what is there counts.
  useEffect(() => {
    if (element.current === null) return;
    for (const [name, value] of new FormData(element.current)) {
      if (name in values && value !== "") {
        form.setValue(name as FieldPath<Values>, value as PathValue<Values, FieldPath<Values>>);
      }
    }
  }, [form, values]);

  const onSubmit = form.handleSubmit(async (output) => {
    setProblem(null);
    setIsPending(true);
    const refusal = await submit(output).catch(failureOf);
    // Otherwise the next page is on its way, and the button stays as it is until then.
    if (refusal === null) return;
    setIsPending(false);
    const known = Object.entries(refusal.fields).filter(([name]) => name in values);
    known.forEach(([name, text], index) => {
      form.setError(name as FieldPath<Values>, { type: "server", message: text }, { shouldFocus: index === 0 });
    });
    if (known.length === 0) setProblem(refusal.message);
  });

  return { form, control: form.control, element, problem, isPending, onSubmit };
}
