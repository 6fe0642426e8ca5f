"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  /** `alertdialog` where it asks before something that cannot be undone. */
  role?: "dialog" | "alertdialog";
  /** False keeps a press beside it from closing it, where something would be lost. */
  isDismissable?: boolean;
  width?: "narrow" | "wide";
  children: ReactNode;
}

/** A question or a small task over the page: takes focus, keeps it, and gives it back. */
export function Dialog({
  title,
  isOpen,
  onOpenChange,
  role = "dialog",
  isDismissable = true,
  width = "narrow",
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      className="fixed inset-0 z-40 flex items-end justify-center bg-shade p-3 sm:items-center sm:p-6"
    >
      <Modal
        className={clsx(
          "max-h-full w-full overflow-y-auto rounded-lg border border-hairline bg-raised",
          "data-[entering]:animate-[rise_150ms_ease-out]",
          width === "narrow" ? "max-w-[28rem]" : "max-w-[36rem]",
        )}
      >
        <AriaDialog role={role} className="flex flex-col gap-5 p-5 outline-none sm:p-6">
          <Heading slot="title" className="display text-xl">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The verbs at the foot of a dialog: the one that goes on comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-3">{children}</div>;
}
