"use client";
import { clsx } from "clsx";
import { Button, type ButtonProps } from "react-aria-components";
import { type ButtonLook, buttonClass } from "./button-class";

export interface TriggerButtonProps extends Omit<ButtonProps, "className">, ButtonLook {
  className?: string;
}

/** A button that react-aria's triggers know: it opens what stands beside it in them. All others are plain ones. */
export function TriggerButton({ tone, size, className, ...props }: TriggerButtonProps) {
  return <Button {...props} className={clsx(buttonClass({ tone, size }), className)} />;
}
