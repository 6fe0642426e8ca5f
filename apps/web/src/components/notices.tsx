"use client";
import { Toaster } from "sonner";

/** Where short messages about what just happened appear, and are read out. */
export function Notices() {
  return (
    <Toaster
      position="bottom-center"
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border !border-hairline !bg-raised !text-ink !shadow-none !font-sans",
          description: "!text-muted",
          actionButton: "!bg-accent !text-on-accent",
        },
      }}
    />
  );
}
