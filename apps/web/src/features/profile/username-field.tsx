"use client";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type Control, type FieldPath, type FieldValues, useWatch } from "react-hook-form";
import { FormField } from "@/components/form-field";
import { useUsernameAvailability } from "./use-username-availability";

export interface UsernameFieldProps<Values extends FieldValues, Output> {
  control: Control<Values, unknown, Output>;
  name: FieldPath<Values>;
  /** The username that the person has. */
  own: string | null;
  /** Where public pages live, e.g. "parley.example/". */
  addressPrefix: string;
}

/** A username, with the address it makes and whether it can be had, while it is typed. */
export function UsernameField<Values extends FieldValues, Output>(props: UsernameFieldProps<Values, Output>) {
  const { control, name, own, addressPrefix } = props;
  const typed = String(useWatch({ control, name }) ?? "");
  const { state, reason } = useUsernameAvailability(typed, own);
  const texts = {
    unknown: "Letters, digits, hyphens and underscores.",
    own: "This is yours.",
    asking: "Asking whether it is free…",
    free: "It is free.",
    refused: `Username ${reason}.`,
  };
  return (
    <div className="space-y-1">
      <FormField
        control={control}
        name={name}
        label="Username"
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        hint={
          <span className="wrap-anywhere">{`Your page: ${addressPrefix}${typed.trim().toLowerCase() || "…"}`}</span>
        }
      />
      <p
        role="status"
        className={clsx(
          "flex min-h-6 items-center gap-1.5 text-sm",
          state === "refused" ? "text-danger" : state === "free" || state === "own" ? "text-accent" : "text-muted",
        )}
      >
        {state === "free" && <Check aria-hidden="true" strokeWidth={1.75} className="size-4" />}
        {texts[state]}
      </p>
    </div>
  );
}
