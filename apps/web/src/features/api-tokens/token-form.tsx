"use client";
import type { ApiScope } from "@parley/api/rules/account/api-tokens";
import { useController, useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { FormField } from "@/components/form-field";
import { NativeSelect } from "@/components/native-select";
import { PasswordField } from "@/components/password-field";
import { failureOf } from "@/trpc/failure";
import { ScopeGrid } from "./scope-grid";
import type { useApiTokens } from "./use-api-tokens";

const lifetimes = [
  { id: "7", label: "7 days" },
  { id: "30", label: "30 days" },
  { id: "90", label: "90 days" },
  { id: "365", label: "1 year" },
  { id: "never", label: "Never" },
] as const;
type Lifetime = (typeof lifetimes)[number]["id"];

const values = { name: "", scopes: [] as ApiScope[], lifetime: "90" as Lifetime, password: "" };

/** Makes a token. What the server refuses stands beside its field. */
export function TokenForm({ onMake }: { onMake: ReturnType<typeof useApiTokens>["make"] }) {
  const { control, handleSubmit, setError, reset, formState } = useForm({ defaultValues: values });
  const scopes = useController({ control, name: "scopes" });
  const lifetime = useController({ control, name: "lifetime" }).field;

  const submit = handleSubmit(async ({ lifetime, password, ...asked }) => {
    if (asked.scopes.length === 0) {
      setError("scopes", { message: "Tick at least one thing that it may do." });
      return;
    }
    try {
      await onMake({
        ...asked,
        expiresInDays: lifetime === "never" ? null : Number(lifetime),
        password: password === "" ? undefined : password,
      });
      reset(values);
    } catch (error) {
      const { code, fields, message } = failureOf(error);
      const isAskedFor = code === "forbidden" ? "is needed, since you signed in a while ago" : undefined;
      const wrongPassword = fields.password ?? isAskedFor;
      if (fields.name !== undefined) setError("name", { message: fields.name }, { shouldFocus: true });
      else if (wrongPassword !== undefined) setError("password", { message: wrongPassword }, { shouldFocus: true });
      else toast.error(message);
    }
  });

  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <FormField
        control={control}
        name="name"
        label="Name"
        placeholder="Invoices"
        hint="So that you know it again."
        maxLength={80}
        autoComplete="off"
        isRequired
      />
      <ScopeGrid
        chosen={scopes.field.value}
        onChange={scopes.field.onChange}
        error={scopes.fieldState.error?.message}
      />
      <NativeSelect
        label="Expires after"
        name="lifetime"
        value={lifetime.value}
        onChange={lifetime.onChange}
        options={lifetimes}
      />
      <PasswordField
        control={control}
        name="password"
        label="Your password"
        hint="Not needed within ten minutes of signing in."
        autoComplete="current-password"
      />
      <Button type="submit" tone="primary" isPending={formState.isSubmitting}>
        {formState.isSubmitting ? "Making it…" : "Make token"}
      </Button>
    </form>
  );
}
