"use client";
import type { FieldValues } from "react-hook-form";
import { FormField, type FormFieldProps } from "@/components/form-field";

type Given = "control" | "name" | "autoComplete" | "hint";

/** The address that an account goes by. */
export function EmailField<Values extends FieldValues, Output>(props: Pick<FormFieldProps<Values, Output>, Given>) {
  return <FormField label="E-mail address" type="email" spellCheck={false} autoCapitalize="none" {...props} />;
}
