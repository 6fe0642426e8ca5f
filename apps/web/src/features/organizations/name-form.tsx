"use client";
import type { Organization } from "@parley/api/schema/organizations";
import { FormField } from "@/components/form-field";
import { SaveBar } from "@/features/settings/save-bar";
import { useSaveForm } from "@/features/settings/use-save-form";
import { trpc } from "@/trpc/react";

const load = () =>
  import("@parley/api/schema/organizations").then((module) => module.renameOrganizationInput.pick({ name: true }));

/** Gives an organization another name. */
export function NameForm({ organization: { id, name } }: { organization: Organization }) {
  const renaming = trpc.organizations.rename.useMutation();
  const { control, isDirty, isPending, submit, discard } = useSaveForm({
    schema: load,
    values: { name },
    save: (typed) => renaming.mutateAsync({ id, ...typed }),
    done: "Organization renamed.",
  });
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <FormField control={control} name="name" label="Name" autoComplete="off" isRequired />
      <SaveBar isDirty={isDirty} isPending={isPending} onDiscard={discard} label="Rename" />
    </form>
  );
}
