"use client";
import { useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { AccountForm } from "./account-form";
import { EmailField } from "./email-field";
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
  const { control, frame } = useAccountForm({
    load: () => import("./forgot-password-request"),
    values,
    submit: async ({ requestPasswordReset }, { email }) => {
      await requestPasswordReset(email);
      onAsked(email);
      return null;
    },
  });
  return (
    <AccountForm {...frame} verb={["Send the link", "Sending…"]}>
      <EmailField control={control} name="email" autoComplete="username" />
    </AccountForm>
  );
}
