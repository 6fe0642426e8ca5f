"use client";
import type { ReactNode } from "react";
import type { DialogProps } from "./dialog-sheet";
import { onDemand } from "./on-demand";

const DialogSheet = onDemand(
  () => import("./dialog-sheet").then((module) => module.DialogSheet),
  ({ onOpenChange }: DialogProps) => onOpenChange(false),
);

/** A question or a small task over the page. What it stands on is loaded when one opens. */
export function Dialog(props: DialogProps) {
  return props.isOpen ? <DialogSheet {...props} /> : null;
}

/** The verbs at the foot of a dialog: the one that goes on comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-3">{children}</div>;
}
