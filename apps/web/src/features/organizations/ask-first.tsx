"use client";
import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "@/components/button";
import { Callout } from "@/components/callout";
import { Dialog, DialogActions } from "@/components/dialog";
import { failureOf } from "@/trpc/failure";

export interface AskFirstProps extends Pick<ButtonProps, "tone" | "size" | "aria-label"> {
  /** On the button that asks. */
  children: ReactNode;
  question: string;
  /** What follows from it. */
  about: ReactNode;
  /** How to go on, and what the button says while it does. */
  verb: [idle: string, busy: string];
  /** Whatever it throws is told where the question stands. */
  act(): Promise<unknown>;
}

/** A button for what cannot be taken back: it asks, and goes on where the answer is yes. */
export function AskFirst({ children, question, about, verb, act, ...look }: AskFirstProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  function turn(isOpen: boolean) {
    setProblem(null);
    setIsAsking(isOpen);
  }
  async function goOn() {
    setProblem(null);
    setIsBusy(true);
    try {
      await act();
      turn(false);
    } catch (error) {
      setProblem(failureOf(error).message);
    } finally {
      setIsBusy(false);
    }
  }
  return (
    <>
      <Button {...look} onPress={() => turn(true)}>
        {children}
      </Button>
      <Dialog title={question} role="alertdialog" isOpen={isAsking} onOpenChange={turn}>
        <p className="text-muted wrap-anywhere">{about}</p>
        {problem !== null && <Callout tone="danger" title={problem} />}
        <DialogActions>
          <Button tone="quiet" autoFocus isDisabled={isBusy} onPress={() => turn(false)}>
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
