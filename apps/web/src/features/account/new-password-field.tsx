"use client";
import type { FieldValues } from "react-hook-form";
import { PasswordField, type PasswordFieldProps } from "@/components/password-field";

type Given = "control" | "name" | "label";

/** A password that is being chosen, with the advice that goes with it. */
export function NewPasswordField<Values extends FieldValues, Output>(
  props: Pick<PasswordFieldProps<Values, Output>, Given>,
) {
  return (
    <PasswordField
      autoComplete="new-password"
      hint="At least 8 characters. A few words in a row are hard to guess and easy to keep."
      {...props}
    />
  );
}
