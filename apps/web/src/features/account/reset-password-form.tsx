"use client";
import { confirmPasswordResetInput } from "@parley/api/schema/account/password";
import { useState } from "react";
import { PasswordField } from "@/components/password-field";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { AccountForm } from "./account-form";
import { UnusableResetLink } from "./unusable-reset-link";
import { useAccountForm } from "./use-account-form";

const schema = confirmPasswordResetInput.pick({ password: true });
const values = { password: "" };

/** Sets a new password by the token of a mail. Every session has ended then, so the way on is to sign in. */
export function ResetPasswordForm({ token }: { token: string }) {
  const confirm = trpc.account.confirmPasswordReset.useMutation();
  const [isUnusable, setIsUnusable] = useState(false);
  const { control, element, problem, isPending, onSubmit } = useAccountForm({
    schema,
    values,
    submit: async ({ password }) => {
      try {
        await confirm.mutateAsync({ token, password });
      } catch (error) {
        const failure = failureOf(error);
        if (failure.fields.token !== undefined) setIsUnusable(true);
        return failure;
      }
      window.location.assign("/sign-in?reset=1");
      return null;
    },
  });
  if (isUnusable) return <UnusableResetLink />;
  return (
    <AccountForm
      ref={element}
      onSubmit={onSubmit}
      problem={problem}
      isPending={isPending}
      verb={["Save password", "Saving…"]}
    >
      <PasswordField
        control={control}
        name="password"
        label="New password"
        autoComplete="new-password"
        hint="At least 8 characters. A few words in a row are hard to guess and easy to keep."
      />
    </AccountForm>
  );
}
