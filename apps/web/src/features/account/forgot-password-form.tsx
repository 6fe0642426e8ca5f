"use client";
import { requestPasswordResetInput } from "@parley/api/schema/account/password";
import { useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { FormField } from "@/components/form-field";
import { trpc } from "@/trpc/react";
import { AccountForm } from "./account-form";
import { useAccountForm } from "./use-account-form";

const values = { email: "" };

/** Asks for a mail with a link. What it says does not depend on whether the address has an account. */
export function ForgotPasswordForm() {
  const [askedFor, setAskedFor] = useState<string | null>(null);
  return askedFor === null ? (
    <AddressForm onAsked={setAskedFor} />
  ) : (
    <div className="space-y-5">
      <Callout tone="success" title="Look in your inbox">
        <p>
          If <span className="font-medium wrap-anywhere">{askedFor}</span> has an account with us, a mail is on its way.
          The link in it works for one hour, once.
        </p>
      </Callout>
      <p className="text-sm text-muted">Nothing there after a few minutes? Look among unwanted mail, or</p>
      <Button onPress={() => setAskedFor(null)}>Try another address</Button>
    </div>
  );
}

function AddressForm({ onAsked }: { onAsked(email: string): void }) {
  const request = trpc.account.requestPasswordReset.useMutation();
  const { control, element, problem, isPending, onSubmit } = useAccountForm({
    schema: requestPasswordResetInput,
    values,
    submit: async (typed) => {
      await request.mutateAsync(typed);
      onAsked(typed.email);
      return null;
    },
  });
  return (
    <AccountForm
      ref={element}
      onSubmit={onSubmit}
      problem={problem}
      isPending={isPending}
      verb={["Send the link", "Sending…"]}
    >
      <FormField
        control={control}
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        spellCheck={false}
        autoCapitalize="none"
      />
    </AccountForm>
  );
}
