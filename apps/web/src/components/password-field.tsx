"use client";
import { useState } from "react";
import type { FieldValues } from "react-hook-form";
import { FormField, type FormFieldProps } from "./form-field";

type Own = "type" | "suffix" | "spellCheck" | "autoCapitalize";

export type PasswordFieldProps<Values extends FieldValues, Output> = Omit<FormFieldProps<Values, Output>, Own>;

/** A password that can be looked at while it is typed: who can see it need not type it twice. */
export function PasswordField<Values extends FieldValues, Output>(props: PasswordFieldProps<Values, Output>) {
  const [isShown, setIsShown] = useState(false);
  return (
    <FormField
      {...props}
      type={isShown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      suffix={
        <button
          type="button"
          onClick={() => setIsShown(!isShown)}
          className="-mr-1.5 rounded-md px-2 py-1 font-medium text-ink underline-offset-4 hover:underline"
        >
          {isShown ? "Hide" : "Show"}
          <span className="sr-only"> password</span>
        </button>
      }
    />
  );
}
