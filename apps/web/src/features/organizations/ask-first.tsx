"use client";
import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";

export interface AskFirstProps extends Pick<ButtonProps, "tone" | "size" | "aria-label"> {
  /** On the button that asks. */
  children: ReactNode;
  question: string;
  /** What follows from it. */
  about: ReactNode;
  /** How to go on, and what the button says while it does. */
  verb: [idle: string, busy: string];
  /** @returns whether it is done; else the question stays. */
  act(): Promise<boolean>;
}

/** A button for what cannot be taken back: it asks, and goes on where the answer is yes. */
export function AskFirst({ children, question, about, verb, act, ...look }: AskFirstProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  async function goOn() {
    setIsBusy(true);
    const isDone = await act();
    setIsBusy(false);
    if (isDone) setIsAsking(false);
  }
  return (
    <>
      <Button {...look} onPress={() => setIsAsking(true)}>
        {children}
      </Button>
      <Dialog title={question} role="alertdialog" isOpen={isAsking} onOpenChange={setIsAsking}>
        <p className="text-muted wrap-anywhere">{about}</p>
        <DialogActions>
          <Button tone="quiet" autoFocus isDisabled={isBusy} onPress={() => setIsAsking(false)}>
            Cancel
          </Button>
          <Button tone="danger" isPending={isBusy} onPress={() => void goOn()}>
            {isBusy ? verb[1] : verb[0]}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
