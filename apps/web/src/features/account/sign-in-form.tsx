"use client";
import Link from "next/link";
import { PasswordField } from "@/components/password-field";
import { AccountForm } from "./account-form";
import { EmailField } from "./email-field";
import { useAccountForm } from "./use-account-form";

const values = { email: "", password: "" };

/** Signs in, and goes on to a path of our own. */
export function SignInForm({ destination }: { destination: string }) {
  const { form, control, frame } = useAccountForm({
    load: () => import("./sign-in-request"),
    values,
    submit: async ({ signIn }, credentials) => {
      const refusal = await signIn(credentials);
      // A whole new page: nothing that was read as nobody is left, and password managers notice.
      if (refusal === null) window.location.assign(destination);
      else form.setFocus("password");
      return refusal;
    },
  });
  return (
    <AccountForm {...frame} verb={["Sign in", "Signing in…"]}>
      <EmailField control={control} name="email" autoComplete="username" />
      <div className="space-y-2">
        <PasswordField control={control} name="password" label="Password" autoComplete="current-password" />
        <p className="text-sm">
          <Link href="/forgot-password" className="text-muted underline underline-offset-4 hover:text-ink">
            Forgotten your password?
          </Link>
        </p>
      </div>
    </AccountForm>
  );
}
