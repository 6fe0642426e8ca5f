"use client";
import { useState } from "react";
import { failureOf } from "@/trpc/failure";
import { AccountForm } from "./account-form";
import { NewPasswordField } from "./new-password-field";
import { UnusableResetLink } from "./unusable-reset-link";
import { useAccountForm } from "./use-account-form";

const values = { password: "" };

/** Sets a new password by the token of a mail. Every session has ended then, so the way on is to sign in. */
export function ResetPasswordForm({ token }: { token: string }) {
  const [isUnusable, setIsUnusable] = useState(false);
  const { control, frame } = useAccountForm({
    load: () => import("./reset-password-request"),
    values,
    submit: async ({ resetPassword }, { password }) => {
      try {
        await resetPassword({ token, password });
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
    <AccountForm {...frame} verb={["Save password", "Saving…"]}>
      <NewPasswordField control={control} name="password" label="New password" />
    </AccountForm>
  );
}
