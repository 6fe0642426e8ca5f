"use client";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { PasswordField } from "@/components/password-field";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/**
 * Closes the account, once its owner has read what follows and given the password; who has none must have signed in just
 * now.
 */
export function CloseAccount({ hasPassword }: { hasPassword: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const close = trpc.account.requestDeletion.useMutation();
  const { control, handleSubmit, setError, reset } = useForm({ defaultValues: { password: "" } });

  const submit = handleSubmit(async ({ password }) => {
    try {
      await close.mutateAsync(hasPassword ? { password } : {});
    } catch (error) {
      const { fields, message } = failureOf(error);
      if (fields.password === undefined) toast.error(message);
      else setError("password", { message: fields.password }, { shouldFocus: true });
      return;
    }
    window.location.assign("/sign-in?closed=1");
  });

  function turn(isOpen: boolean) {
    reset();
    setIsAsking(isOpen);
  }

  return (
    <>
      <Button tone="danger" onPress={() => turn(true)}>
        Close account
      </Button>
      <Dialog title="Close your account?" role="alertdialog" isOpen={isAsking} onOpenChange={turn}>
        <ul className="list-disc space-y-1.5 pl-5 text-muted">
          <li>You are signed out everywhere, and your page is gone at once.</li>
          <li>Bookings still ahead are cancelled, and the others are told.</li>
          <li>In 14 days everything of yours is deleted. Until then, a link in our mail brings it back.</li>
        </ul>
        <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
          {hasPassword && (
            <PasswordField control={control} name="password" label="Your password" autoComplete="current-password" />
          )}
          <DialogActions>
            <Button tone="quiet" onPress={() => turn(false)}>
              Keep it
            </Button>
            <Button tone="danger" type="submit" isPending={close.isPending}>
              {close.isPending ? "Closing…" : "Close account"}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
