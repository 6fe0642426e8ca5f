"use client";
import { mayInviteAs } from "@parley/api/rules/organizations";
import type { OrganizationRole } from "@parley/api/schema/organizations";
import type { Invite } from "@parley/api/schema/organizations/invitations";
import { useState } from "react";
import { useController, useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { checkedBy } from "@/components/checked-by";
import { FormField } from "@/components/form-field";
import { NativeSelect } from "@/components/native-select";
import { failureOf } from "@/trpc/failure";
import { roleNames, roles } from "./role-words";

type Typed = Omit<Invite, "id">;

const load = () =>
  import("@parley/api/schema/organizations/invitations").then(({ inviteInput }) =>
    inviteInput.omit({ id: true }).required(),
  );

const hints: Record<OrganizationRole, string> = {
  member: "Sees who belongs to it.",
  admin: "Also renames it, invites people, and looks after its members.",
  owner: "May do everything, deleting it included.",
};

export interface InviteFormProps {
  /** Of whoever invites. */
  role: OrganizationRole;
  onInvite(typed: Typed): Promise<unknown>;
}

/** Sends somebody an invitation by mail. They need no account yet. */
export function InviteForm({ role, onInvite }: InviteFormProps) {
  const [isPending, setIsPending] = useState(false);
  const { control, handleSubmit, setError, reset, setFocus } = useForm<Typed, unknown, Typed>({
    resolver: checkedBy<Typed, Typed>(load),
    defaultValues: { email: "", role: "member" },
  });
  const { field: given } = useController({ control, name: "role" });
  const submit = handleSubmit(
    async (typed) => {
      setIsPending(true);
      try {
        await onInvite(typed);
        reset();
        setFocus("email");
        toast.success(`Invitation sent to ${typed.email}.`);
      } catch (error) {
        const { fields, message } = failureOf(error);
        if (fields.email === undefined) toast.error(message);
        else setError("email", { message: fields.email }, { shouldFocus: true });
      } finally {
        setIsPending(false);
      }
    },
    ({ root }) => root?.message && toast.error(root.message),
  );
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <FormField
        control={control}
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        isRequired
      />
      <NativeSelect
        label="Role"
        name="role"
        value={given.value}
        onChange={given.onChange}
        options={roles.filter((one) => mayInviteAs(role, one)).map((id) => ({ id, label: roleNames[id] }))}
        hint={hints[given.value]}
      />
      <Button type="submit" tone="primary" isPending={isPending}>
        {isPending ? "Sending…" : "Send invitation"}
      </Button>
    </form>
  );
}
