"use client";
import { PasswordField } from "@/components/password-field";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";
import { NewPasswordField } from "./new-password-field";

/** Changes the password, which ends every other session. */
export function PasswordForm({ email }: { email: string }) {
  const change = trpc.account.changePassword.useMutation();
  const { control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: () => import("@parley/api/schema/account/password").then((schemas) => schemas.changePasswordInput),
    values: { currentPassword: "", newPassword: "" },
    save: (typed) => change.mutateAsync(typed),
    done: "Password changed. Your other sessions have ended.",
    isEmptiedAfter: true,
  });
  return (
    // Sent before our script has come, a form of the method GET would put both passwords into the address.
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      {/* Password managers file the new password under this name. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        control={control}
        name="currentPassword"
        label="Current password"
        autoComplete="current-password"
      />
      <NewPasswordField control={control} name="newPassword" label="New password" />
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} label="Change password" />
    </form>
  );
}
