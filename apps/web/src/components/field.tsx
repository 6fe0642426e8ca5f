"use client";
import { clsx } from "clsx";
import { type KeyboardEvent, type ReactNode, type Ref, useId } from "react";

export const inputClass =
  "w-full rounded-lg border border-control/70 bg-raised px-3 text-base text-ink placeholder:text-muted/80 transition-colors duration-150 hover:border-ink focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent aria-invalid:border-danger data-[invalid]:border-danger disabled:opacity-60";

export interface FieldProps {
  label: string;
  name: string;
  value: string;
  onChange(value: string): void;
  onBlur?(): void;
  onKeyDown?(event: KeyboardEvent): void;
  /** Shown beside the field, and read out with it. */
  error?: string | undefined;
  hint?: ReactNode;
  type?: "text" | "email" | "password" | "search" | "url" | "date" | "tel";
  autoComplete?: string;
  inputMode?: "decimal" | "numeric" | "text";
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** To be read and copied: a press selects all of it. */
  isReadOnly?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  /** The first and the last of dates. */
  min?: string;
  max?: string;
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

/** A labelled text field with its hint and its error: the browser's own, which needs nothing to be loaded. */
export function Field({ label, onChange, error, hint, rows, prefix, suffix, ref, className, ...props }: FieldProps) {
  const { isRequired, isDisabled, isReadOnly, ...input } = props;
  const id = useId();
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const shared = {
    ...input,
    id,
    disabled: isDisabled,
    readOnly: isReadOnly,
    "aria-required": isRequired || undefined,
    "aria-invalid": error !== undefined || undefined,
    "aria-describedby": error !== undefined ? errorId : hint ? hintId : undefined,
  };
  return (
    <div className={clsx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {rows === undefined ? (
        <div className="relative flex items-center">
          {prefix && <span className="pointer-events-none absolute left-3 text-muted">{prefix}</span>}
          <input
            {...shared}
            ref={ref}
            onChange={({ target }) => onChange(target.value)}
            onFocus={isReadOnly ? ({ target }) => target.select() : undefined}
            className={clsx(inputClass, "h-11", prefix && "pl-8", suffix && "pr-24")}
          />
          {suffix && <span className="absolute right-3 text-sm text-muted">{suffix}</span>}
        </div>
      ) : (
        <textarea
          {...shared}
          rows={rows}
          onChange={({ target }) => onChange(target.value)}
          className={clsx(inputClass, "py-2.5 leading-relaxed")}
        />
      )}
      {hint && error === undefined && (
        <span id={hintId} className="text-sm text-muted">
          {hint}
        </span>
      )}
      {error !== undefined && (
        <span id={errorId} className="text-sm text-danger">
          {error}
        </span>
      )}
    </div>
  );
}
