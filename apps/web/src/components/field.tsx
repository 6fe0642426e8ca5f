"use client";
import { clsx } from "clsx";
import type { ReactNode, Ref } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField } from "react-aria-components";

export const inputClass =
  "w-full rounded-lg border border-control/70 bg-raised px-3 text-base text-ink placeholder:text-muted/80 transition-colors duration-150 hover:border-ink focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent data-[invalid]:border-danger disabled:opacity-60";

export interface FieldProps {
  label: string;
  name: string;
  value: string;
  onChange(value: string): void;
  onBlur?(): void;
  /** Shown beside the field, and read out with it. */
  error?: string | undefined;
  hint?: ReactNode;
  type?: "text" | "email" | "password" | "search" | "url" | "date";
  autoComplete?: string;
  inputMode?: "decimal" | "numeric" | "text";
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  /** False, and "none", for what is no word of a language: names of accounts, passwords that are shown. */
  spellCheck?: boolean;
  autoCapitalize?: "none";
  /** More than one line. */
  rows?: number;
  /** Before the text, e.g. a currency sign. */
  prefix?: ReactNode;
  suffix?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  className?: string;
}

/** A labelled text field with its hint and its error. */
export function Field({
  label,
  name,
  value,
  onChange,
  onBlur,
  error,
  hint,
  rows,
  prefix,
  suffix,
  ref,
  className,
  ...input
}: FieldProps) {
  return (
    <TextField
      name={name}
      value={value}
      onChange={onChange}
      onBlur={onBlur}
      isInvalid={error !== undefined}
      isRequired={input.isRequired}
      isDisabled={input.isDisabled}
      type={input.type}
      autoFocus={input.autoFocus}
      validationBehavior="aria"
      className={clsx("flex flex-col gap-1.5", className)}
    >
      <Label className="text-sm font-medium">{label}</Label>
      {rows === undefined ? (
        <div className="relative flex items-center">
          {prefix && <span className="pointer-events-none absolute left-3 text-muted">{prefix}</span>}
          <Input
            ref={ref}
            autoComplete={input.autoComplete}
            inputMode={input.inputMode}
            placeholder={input.placeholder}
            maxLength={input.maxLength}
            spellCheck={input.spellCheck}
            autoCapitalize={input.autoCapitalize}
            className={clsx(inputClass, "h-11", prefix && "pl-8", suffix && "pr-24")}
          />
          {suffix && <span className="absolute right-3 text-sm text-muted">{suffix}</span>}
        </div>
      ) : (
        <TextArea rows={rows} placeholder={input.placeholder} className={clsx(inputClass, "py-2.5 leading-relaxed")} />
      )}
      {hint && error === undefined && (
        <Text slot="description" className="text-sm text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-danger">{error}</FieldError>
    </TextField>
  );
}
