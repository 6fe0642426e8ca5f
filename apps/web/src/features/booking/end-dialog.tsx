"use client";
import { useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { Dialog, DialogActions } from "@/components/dialog";
import { Field } from "@/components/field";
import type { ShownFailure } from "@/trpc/failure";

type Ending = "cancel" | "decline";

export interface EndDialogProps {
  /** Null while it is closed. */
  act: Ending | null;
  other: string;
  onClose(): void;
  /** @returns why not; null once it is done */
  onEnd(act: Ending, reason: string): Promise<ShownFailure | null>;
}

const words = {
  cancel: { title: "Cancel this conversation?", verb: "Cancel it", keep: "Keep it" },
  decline: { title: "Decline this request?", verb: "Decline", keep: "Not yet" },
} as const;

/** Asks before a booking is called off, and for a word about why. */
export function EndDialog({ act, other, onClose, onEnd }: EndDialogProps) {
  return (
    <Dialog
      title={words[act ?? "cancel"].title}
      role="alertdialog"
      isOpen={act !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      {act !== null && <EndForm act={act} other={other} onClose={onClose} onEnd={onEnd} />}
    </Dialog>
  );
}

function EndForm({ act, other, onClose, onEnd }: EndDialogProps & { act: Ending }) {
  const [reason, setReason] = useState("");
  const [reasonError, setReasonError] = useState<string>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const end = async () => {
    if (isPending) return;
    setProblem(null);
    setReasonError(undefined);
    setIsPending(true);
    const failure = await onEnd(act, reason.trim());
    setIsPending(false);
    if (failure === null) return onClose();
    if (failure.fields.reason !== undefined) setReasonError(failure.fields.reason);
    else setProblem(failure.message);
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void end();
      }}
    >
      <p className="text-muted">{other} is told by mail, and the time is open to others again.</p>
      <Field
        label="Why? (optional)"
        name="reason"
        rows={3}
        value={reason}
        onChange={setReason}
        error={reasonError === undefined ? undefined : `The reason ${reasonError}.`}
        hint={`${other} reads it.`}
      />
      {problem !== null && <Callout tone="danger" title={problem} />}
      <DialogActions>
        <Button onPress={onClose}>{words[act].keep}</Button>
        <Button type="submit" tone="danger" isPending={isPending}>
          {words[act].verb}
        </Button>
      </DialogActions>
    </form>
  );
}
