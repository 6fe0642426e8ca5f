"use client";
import { type ReactNode, useRef } from "react";
import { Button } from "./button";

export interface FileButtonProps {
  /** MIME types. */
  acceptedTypes: readonly string[];
  onChoose(file: File): void;
  isDisabled?: boolean;
  "aria-describedby"?: string | undefined;
  children: ReactNode;
}

/** Opens the browser's own way to choose a file. */
export function FileButton({ acceptedTypes, onChoose, children, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={acceptedTypes.join(",")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) onChoose(file);
          // The same file may be chosen again.
          target.value = "";
        }}
      />
      <Button {...button} onPress={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
