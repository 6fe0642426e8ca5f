"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { checkedBy } from "@/components/checked-by";
import { FormField } from "@/components/form-field";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

const load = () => import("@parley/api/schema/organizations").then((module) => module.createOrganizationInput);

/** Founds an organization, and goes on to its page. */
export function CreateOrganization() {
  const router = useRouter();
  const creation = trpc.organizations.create.useMutation();
  // Once it is made its page is on the way, and the button stays as it is until then.
  const [isDone, setIsDone] = useState(false);
  const { control, handleSubmit, setError } = useForm({ resolver: checkedBy(load), defaultValues: { name: "" } });
  const submit = handleSubmit(
    async (typed) => {
      try {
        const { id } = await creation.mutateAsync(typed);
        setIsDone(true);
        toast.success("Organization created.");
        router.push(`/settings/organizations/${id}` as Route);
        // The list knows it when one comes back.
        router.refresh();
      } catch (error) {
        const { fields, message } = failureOf(error);
        if (fields.name === undefined) toast.error(message);
        else setError("name", { message: fields.name }, { shouldFocus: true });
      }
    },
    ({ root }) => root?.message && toast.error(root.message),
  );
  const isPending = creation.isPending || isDone;
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <FormField control={control} name="name" label="Name" autoComplete="organization" isRequired />
      <Button type="submit" tone="primary" isPending={isPending}>
        {isPending ? "Creating…" : "Create organization"}
      </Button>
    </form>
  );
}
