"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

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

/** What an open dialog is: it takes the focus, keeps it, and gives it back. */
export function DialogSheet({
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
        <Dialog role={role} className="flex flex-col gap-5 p-5 outline-none sm:p-6">
          <Heading slot="title" className="display text-xl">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
