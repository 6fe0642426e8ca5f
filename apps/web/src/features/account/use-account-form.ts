"use client";
import { useEffect, useRef, useState } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, type PathValue, useForm } from "react-hook-form";
import type { z } from "zod";
import { checkedBy } from "@/components/checked-by";
import { failureOf, type ShownFailure } from "@/trpc/failure";

export type Refusal = Pick<ShownFailure, "message" | "fields">;

/** What a form is checked by. */
interface Checked<Values extends FieldValues, Output extends FieldValues> {
  schema: z.ZodType<Output, Values>;
}

export interface AccountFormOptions<Values extends FieldValues, Output extends FieldValues, Request> {
  /**
   * Loads the schema, and what the form is sent with, once somebody begins to fill it in: they weigh more than all else
   * on these pages.
   */
  load(): Promise<Checked<Values, Output> & Request>;
  /** Empty fields; the same object at every rendering. */
  values: Values;
  /** Does it. Whatever it throws, and any refusal that it answers, is shown; else the person is on their way elsewhere. */
  submit(request: Request, typed: Output): Promise<Refusal | null>;
}

/** What the forms at the door do alike. What was typed survives every failure. */
export function useAccountForm<Values extends FieldValues, Output extends FieldValues, Request>(
  options: AccountFormOptions<Values, Output, Request>,
) {
  const { load, values, submit } = options;
  const ref = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isDone, setIsDone] = useState(false);
  const form = useForm<Values, unknown, Output>({
    resolver: checkedBy(() => load().then(({ schema }) => schema)),
    defaultValues: values as DefaultValues<Values>,
    mode: "onTouched",
  });

  // Password managers and quick hands fill fields in before any script runs: what is there counts.
  useEffect(() => {
    if (ref.current === null) return;
    for (const [name, value] of new FormData(ref.current)) {
      if (name in values && value !== "") {
        form.setValue(name as FieldPath<Values>, value as PathValue<Values, FieldPath<Values>>);
      }
    }
  }, [form, values]);

  const send = async (typed: Output) => {
    setProblem(null);
    const refusal = await load()
      .then((request) => submit(request, typed))
      .catch(failureOf);
    if (refusal === null) return setIsDone(true);
    const known = Object.entries(refusal.fields).filter(([name]) => name in values);
    known.forEach(([name, text], index) => {
      form.setError(name as FieldPath<Values>, { type: "server", message: text }, { shouldFocus: index === 0 });
    });
    if (known.length === 0) setProblem(refusal.message);
  };

  return {
    form,
    control: form.control,
    /** For the form's frame. */
    frame: {
      ref,
      onSubmit: form.handleSubmit(send, ({ root }) => setProblem(root?.message ?? null)),
      onFocus: () => void load().catch(() => {}),
      problem,
      // Once it is done the next page is on its way, and the button stays as it is until then.
      isPending: form.formState.isSubmitting || isDone,
    },
  };
}
