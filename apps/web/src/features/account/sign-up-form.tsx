"use client";
import { FormField } from "@/components/form-field";
import { AccountForm } from "./account-form";
import { EmailField } from "./email-field";
import { NewPasswordField } from "./new-password-field";
import { useAccountForm } from "./use-account-form";

const values = { displayName: "", email: "", password: "" };

/** Makes an account, signs in to it, and goes on to a path of our own. */
export function SignUpForm({ destination }: { destination: string }) {
  const { control, frame } = useAccountForm({
    load: () => import("./sign-up-request"),
    values,
    submit: async ({ signUp }, typed) => {
      const isSignedIn = await signUp(typed);
      // Where the account is made and no more, to try again here would only say so.
      window.location.assign(isSignedIn ? destination : `/sign-in?next=${encodeURIComponent(destination)}`);
      return null;
    },
  });
  return (
    <AccountForm {...frame} verb={["Create account", "Creating your account…"]}>
      <FormField
        control={control}
        name="displayName"
        label="Name"
        autoComplete="name"
        spellCheck={false}
        hint="As others are to see it. You can change it later."
      />
      <EmailField
        control={control}
        name="email"
        autoComplete="email"
        hint="We send you a link to confirm it. Nobody else sees it."
      />
      <NewPasswordField control={control} name="password" label="Password" />
    </AccountForm>
  );
}
