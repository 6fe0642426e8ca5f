"use client";
import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import { Field, type FieldProps } from "./field";

type Own = "name" | "value" | "onChange" | "onBlur" | "error" | "ref";

export interface FormFieldProps<Values extends FieldValues, Output> extends Omit<FieldProps, Own> {
  control: Control<Values, unknown, Output>;
  name: FieldPath<Values>;
}

/** A text field of a form, with the form's error beside it. Schemas word errors to follow the field's name. */
export function FormField<Values extends FieldValues, Output>({
  control,
  name,
  ...props
}: FormFieldProps<Values, Output>) {
  const { field, fieldState } = useController({ control, name });
  const message = fieldState.error?.message;
  return (
    <Field
      {...props}
      name={name}
      value={field.value ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      ref={field.ref}
      error={message === undefined ? undefined : `${props.label} ${message}.`}
    />
  );
}
