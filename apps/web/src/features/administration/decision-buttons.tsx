"use client";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { Field } from "@/components/field";
import { failureOf } from "@/trpc/failure";
import { useDecision } from "./use-decision";

/** Approve, or reject with a reason that the person is told. Both ask first: a decision cannot be taken back. */
export function DecisionButtons({ request }: { request: { id: string; displayName: string } }) {
  const { approve, reject, isPending } = useDecision(request);
  const [asking, setAsking] = useState<"approve" | "reject" | null>(null);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const close = () => setAsking(null);

  const sendRejection = async () => {
    const found = await import("./reason-problem").then(
      ({ reasonProblem }) => reasonProblem(reason),
      (error) => failureOf(error).message,
    );
    setProblem(found);
    if (found === undefined && (await reject(reason))) close();
  };

  return (
    <div className="flex flex-wrap gap-3">
      <Button tone="primary" onPress={() => setAsking("approve")}>
        Approve
      </Button>
      <Button tone="danger" onPress={() => setAsking("reject")}>
        Reject
      </Button>
      <Dialog
        title={`Approve ${request.displayName}?`}
        role="alertdialog"
        isOpen={asking === "approve"}
        onOpenChange={close}
      >
        <p className="text-muted">
          Their age counts as verified, the document is deleted, and they are told by mail. This cannot be taken back.
        </p>
        <DialogActions>
          <Button tone="quiet" isDisabled={isPending} onPress={close}>
            Cancel
          </Button>
          <Button
            tone="primary"
            isPending={isPending}
            onPress={() => void approve().then((isDone) => isDone && close())}
          >
            Approve
          </Button>
        </DialogActions>
      </Dialog>
      <Dialog
        title={`Reject ${request.displayName}?`}
        isDismissable={reason === ""}
        isOpen={asking === "reject"}
        onOpenChange={close}
      >
        <Field
          label="Reason"
          name="reason"
          rows={4}
          value={reason}
          onChange={setReason}
          error={problem}
          hint="They read it in the mail, so say what a new document must show."
        />
        <DialogActions>
          <Button tone="quiet" isDisabled={isPending} onPress={close}>
            Cancel
          </Button>
          <Button tone="danger" isPending={isPending} onPress={() => void sendRejection()}>
            Reject
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
