"use client";
import type { PendingEmailChange } from "@parley/api/schema/account/email-change";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { FormField } from "@/components/form-field";
import { PasswordField } from "@/components/password-field";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

const values = { newEmail: "", password: "" };

/** Asks for another address, and shows the one that waits to be confirmed. */
export function ChangeEmail({ pending, hasPassword }: { pending: PendingEmailChange; hasPassword: boolean }) {
  const [waiting, setWaiting] = useState(pending.newEmail);
  const [isAsking, setIsAsking] = useState(false);
  const request = trpc.account.requestEmailChange.useMutation();
  const cancel = trpc.account.cancelEmailChange.useMutation();
  const { control, handleSubmit, setError, reset } = useForm({ defaultValues: values });

  const submit = handleSubmit(async (typed) => {
    try {
      const { email } = await request.mutateAsync(hasPassword ? typed : { newEmail: typed.newEmail });
      setWaiting(email);
      turn(false);
    } catch (error) {
      const { fields, message } = failureOf(error);
      const named = (["newEmail", "password"] as const).filter((name) => fields[name] !== undefined);
      named.forEach((name, index) => {
        setError(name, { message: fields[name] ?? "" }, { shouldFocus: index === 0 });
      });
      if (named.length === 0) toast.error(message);
    }
  });

  async function giveUp() {
    try {
      await cancel.mutateAsync();
      setWaiting(null);
    } catch (error) {
      toast.error(failureOf(error).message);
    }
  }

  function turn(isOpen: boolean) {
    reset(values);
    setIsAsking(isOpen);
  }

  return (
    <div className="space-y-4">
      {waiting !== null && (
        <div role="status" className="flex flex-wrap items-center justify-between gap-4 rounded-lg bg-sunken p-4">
          <p className="min-w-0 text-sm wrap-anywhere">
            We have written to <span className="font-medium">{waiting}</span>. Open the link in that mail within 24
            hours.
          </p>
          <Button size="small" isPending={cancel.isPending} onPress={() => void giveUp()}>
            Give it up
          </Button>
        </div>
      )}
      <Button onPress={() => turn(true)}>Change address</Button>
      <Dialog title="Change your address" isOpen={isAsking} onOpenChange={turn}>
        <p className="text-muted">
          Your account keeps its address until you open the link that we send to the new one. The old one is told.
        </p>
        <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
          <FormField control={control} name="newEmail" label="New address" type="email" autoComplete="email" />
          {hasPassword && (
            <PasswordField control={control} name="password" label="Your password" autoComplete="current-password" />
          )}
          <DialogActions>
            <Button tone="quiet" onPress={() => turn(false)}>
              Cancel
            </Button>
            <Button tone="primary" type="submit" isPending={request.isPending}>
              {request.isPending ? "Asking…" : "Send the mail"}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </div>
  );
}
