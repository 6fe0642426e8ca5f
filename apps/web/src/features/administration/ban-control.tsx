"use client";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { Field } from "@/components/field";
import { useBan } from "./use-ban";

export interface BanControlProps {
  person: { id: string; displayName: string };
  isBanned: boolean;
}

/** Bans a person, with a reason that they read, or lets them in again. Both ask first: others are told at once. */
export function BanControl({ person, isBanned }: BanControlProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button
        tone="quiet"
        size="small"
        className="-mx-3"
        aria-label={`${isBanned ? "Lift the ban of" : "Ban"} ${person.displayName}`}
        onPress={() => setIsAsking(true)}
      >
        {isBanned ? "Lift ban" : "Ban"}
      </Button>
      <Dialog
        title={isBanned ? `Let ${person.displayName} in again?` : `Ban ${person.displayName}?`}
        role="alertdialog"
        isDismissable={isBanned}
        isOpen={isAsking}
        onOpenChange={close}
      >
        {isBanned ? <LiftQuestion person={person} onDone={close} /> : <BanQuestion person={person} onDone={close} />}
      </Dialog>
    </>
  );
}

interface QuestionProps {
  person: BanControlProps["person"];
  onDone(): void;
}

function BanQuestion({ person, onDone }: QuestionProps) {
  const { ban, isPending } = useBan(person);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  async function send() {
    const { isDone, reasonProblem } = await ban(reason);
    setProblem(reasonProblem);
    if (isDone) onDone();
  }
  return (
    <>
      <p className="text-muted">
        They are signed out everywhere, nobody sees them any more, and what they have booked is cancelled.
      </p>
      <Field
        label="Reason"
        name="reason"
        rows={3}
        value={reason}
        onChange={setReason}
        error={problem}
        hint="They read it in our mail, and when they try to sign in. It may be left out."
      />
      <DialogActions>
        <Button tone="quiet" isDisabled={isPending} onPress={onDone}>
          Cancel
        </Button>
        <Button tone="danger" isPending={isPending} onPress={() => void send()}>
          {isPending ? "Banning…" : "Ban"}
        </Button>
      </DialogActions>
    </>
  );
}

function LiftQuestion({ person, onDone }: QuestionProps) {
  const { unban, isPending } = useBan(person);
  return (
    <>
      <p className="text-muted">They can sign in again and are shown again. What was cancelled stays cancelled.</p>
      <DialogActions>
        <Button tone="quiet" isDisabled={isPending} onPress={onDone}>
          Cancel
        </Button>
        <Button
          tone="primary"
          isPending={isPending}
          onPress={() => void unban().then(({ isDone }) => isDone && onDone())}
        >
          {isPending ? "Lifting the ban…" : "Lift the ban"}
        </Button>
      </DialogActions>
    </>
  );
}
