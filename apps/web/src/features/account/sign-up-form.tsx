"use client";
import { registerInput } from "@parley/api/schema/account";
import { displayName } from "@parley/api/schema/profile";
import { FormField } from "@/components/form-field";
import { PasswordField } from "@/components/password-field";
import { trpc } from "@/trpc/react";
import { AccountForm } from "./account-form";
import { signIn } from "./sign-in";
import { useAccountForm } from "./use-account-form";

const schema = registerInput.extend({ displayName });
const values = { displayName: "", email: "", password: "" };

/** Makes an account, signs in to it, and goes on to a path of our own. */
export function SignUpForm({ destination }: { destination: string }) {
  const register = trpc.account.register.useMutation();
  const signOut = trpc.account.signOut.useMutation();
  const { control, element, problem, isPending, onSubmit } = useAccountForm({
    schema,
    values,
    submit: async (typed) => {
      const { refreshToken } = await register.mutateAsync(typed);
      const refusal = await signIn(typed);
      // Registering has opened a session for whoever holds tokens; this browser has one of its own now.
      await signOut.mutateAsync({ refreshToken }).catch(() => {});
      // The account is made, whatever kept us from signing in: to try again here would only say so.
      window.location.assign(refusal === null ? destination : `/sign-in?next=${encodeURIComponent(destination)}`);
      return null;
    },
  });
  return (
    <AccountForm
      ref={element}
      onSubmit={onSubmit}
      problem={problem}
      isPending={isPending}
      verb={["Create account", "Creating your account…"]}
    >
      <FormField
        control={control}
        name="displayName"
        label="Name"
        autoComplete="name"
        spellCheck={false}
        hint="As others are to see it. You can change it later."
      />
      <FormField
        control={control}
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="email"
        spellCheck={false}
        autoCapitalize="none"
        hint="We send you a link to confirm it. Nobody else sees it."
      />
      <PasswordField
        control={control}
        name="password"
        label="Password"
        autoComplete="new-password"
        hint="At least 8 characters. A few words in a row are hard to guess and easy to keep."
      />
    </AccountForm>
  );
}
