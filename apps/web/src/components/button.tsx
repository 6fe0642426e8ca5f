"use client";
import { clsx } from "clsx";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { type ButtonLook, buttonClass } from "./button-class";

export interface ButtonProps extends AriaButtonProps, ButtonLook {}

/** A verb that can be pressed. While it works (`isPending`) it keeps its width and says so to screen readers. */
export function Button({ tone, size, className, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={clsx(buttonClass({ tone, size }), typeof className === "string" && className)} />
  );
}
