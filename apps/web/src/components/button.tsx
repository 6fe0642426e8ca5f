"use client";
import { clsx } from "clsx";
import { type ComponentProps, type MouseEvent, useEffect, useRef } from "react";
import { announce } from "./announce";
import { type ButtonLook, buttonClass } from "./button-class";

type Native = Omit<ComponentProps<"button">, "onClick" | "disabled" | "ref">;

export interface ButtonProps extends Native, ButtonLook {
  /** @param button what was pressed, for what opens beside it */
  onPress?(button: Element): void;
  isDisabled?: boolean;
  /** True while it works. */
  isPending?: boolean;
  /** Leaves the focus where it is when it is pressed by a pointer. */
  preventFocusOnPress?: boolean | undefined;
}

/**
 * A verb that can be pressed: the browser's own button, which needs nothing to be loaded. While it works (`isPending`) it
 * keeps the focus, can be pressed to no effect, and what it says meanwhile is read out.
 */
export function Button({ tone, size, className, onPress, isDisabled, isPending = false, ...rest }: ButtonProps) {
  const { preventFocusOnPress = false, ...props } = rest;
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isPending) announce(element.current?.textContent ?? "");
  }, [isPending]);
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    // Not even the form that it would send.
    if (isPending) event.preventDefault();
    else onPress?.(event.currentTarget);
  };
  return (
    <button
      type="button"
      {...props}
      ref={element}
      disabled={isDisabled}
      aria-disabled={isPending || undefined}
      data-pending={isPending || undefined}
      onMouseDown={(event) => {
        if (preventFocusOnPress) event.preventDefault();
      }}
      onClick={press}
      className={clsx(buttonClass({ tone, size }), className)}
    />
  );
}
