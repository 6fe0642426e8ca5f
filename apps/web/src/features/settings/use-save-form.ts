"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type DefaultValues, type FieldErrors, type FieldPath, type FieldValues, useForm } from "react-hook-form";
import { toast } from "sonner";
import type { z } from "zod";
import { checkedBy } from "@/components/checked-by";
import { failureOf } from "@/trpc/failure";

export interface SaveFormOptions<Values extends FieldValues, Output extends FieldValues> {
  /** Loads the procedure's own schema, where its input is what the form holds: once something has been changed. */
  schema(): Promise<z.ZodType<Output, Values>>;
  values: Values;
  /** Calls the procedures. `changed` names the fields that differ from what was loaded. */
  save(output: Output, changed: ReadonlySet<keyof Values>): Promise<unknown>;
  /** What to say when it is saved. */
  done: string;
  /** True for a form that is to be empty again, such as one for a password. */
  isEmptiedAfter?: boolean;
}

/**
 * What every form of settings does alike: checks in the browser, saves, puts the server's refusals beside their fields,
 * says what happened, and knows whether something is unsaved. What was typed survives every failure.
 */
export function useSaveForm<Values extends FieldValues, Output extends FieldValues>(
  options: SaveFormOptions<Values, Output>,
) {
  const { schema, values, save, done, isEmptiedAfter = false } = options;
  const router = useRouter();
  const [isPending, setIsPending] = useState(false);
  const form = useForm<Values, unknown, Output>({
    resolver: checkedBy(schema),
    defaultValues: values as DefaultValues<Values>,
  });
  const { isDirty, dirtyFields } = form.formState;

  const load = useRef(schema);
  useEffect(() => {
    if (isDirty) void load.current().catch(() => {});
  }, [isDirty]);

  const submit = form.handleSubmit(async (output) => {
    const typed = form.getValues();
    setIsPending(true);
    try {
      await save(output, new Set(Object.keys(dirtyFields)));
    } catch (error) {
      show(error);
      return;
    } finally {
      setIsPending(false);
    }
    form.reset(isEmptiedAfter ? values : typed);
    toast.success(done);
    // The header and the other pages show some of this too.
    router.refresh();
  }, refuse);

  function refuse({ root }: FieldErrors<Values>) {
    if (root?.message) toast.error(root.message);
  }

  function show(error: unknown) {
    const { message, fields } = failureOf(error);
    const known = Object.entries(fields).filter(([name]) => name in values);
    known.forEach(([name, text], index) => {
      form.setError(name as FieldPath<Values>, { type: "server", message: text }, { shouldFocus: index === 0 });
    });
    if (known.length === 0) toast.error(message, { description: "What you typed is still here." });
  }

  return { form, control: form.control, isDirty, isPending, submit, discard: () => form.reset() };
}
