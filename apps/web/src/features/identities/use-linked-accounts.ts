"use client";
import type { Identity } from "@parley/api/schema/identities";
import { useState } from "react";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** One's accounts elsewhere. Neither is done before the server says so: it may refuse to remove the last way to sign in. */
export function useLinkedAccounts(initial: Identity[]) {
  const utils = trpc.useUtils();
  const { data: identities = initial } = trpc.identities.list.useQuery(undefined, { initialData: initial });
  const verification = trpc.identities.verify.useMutation();
  const removal = trpc.identities.remove.useMutation();
  const [busy, setBusy] = useState<{ id: string; verb: "verify" | "remove" } | null>(null);

  async function run(verb: "verify" | "remove", { id, provider, instanceName }: Identity, name: string) {
    setBusy({ id, verb });
    const input = { provider, instanceName: instanceName ?? undefined };
    try {
      if (verb === "verify") {
        const fresh = await verification.mutateAsync(input);
        utils.identities.list.setData(undefined, (list) => list?.map((one) => (one.id === id ? fresh : one)));
        toast.success(`${name} confirms your account.`);
      } else {
        await removal.mutateAsync(input);
        utils.identities.list.setData(undefined, (list) => list?.filter((one) => one.id !== id));
        toast.success(`${name} is removed.`);
      }
    } catch (error) {
      toast.error(failureOf(error).message);
    } finally {
      setBusy(null);
    }
    await utils.identities.list.invalidate();
  }

  return {
    identities,
    busy,
    verify: (identity: Identity, name: string) => run("verify", identity, name),
    remove: (identity: Identity, name: string) => run("remove", identity, name),
  };
}
