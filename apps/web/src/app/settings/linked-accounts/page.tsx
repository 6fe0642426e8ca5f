import type { Metadata } from "next";
import { z } from "zod";
import { requireActor } from "@/auth/guard";
import { Callout } from "@/components/callout";
import { LinkedAccounts } from "@/features/identities/linked-accounts";
import { ProviderProblem } from "@/features/identities/provider-problem";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Linked accounts",
  description: "The accounts elsewhere with which you sign in.",
};

const word = z.string().optional().catch(undefined);
const query = z.object({ problem: word, provider: word, linked: word });

export default async function LinkedAccountsSettingsPage({ searchParams }: PageProps<"/settings/linked-accounts">) {
  await requireActor("/settings/linked-accounts");
  const { problem, provider, linked } = query.parse(await searchParams);
  const { identities } = await api();
  const [list, providers] = await Promise.all([identities.list(), identities.providers()]);
  const newlyLinked = providers.find(
    (offer) =>
      offer.key === linked &&
      list.some((one) => one.provider === offer.provider && one.instanceName === offer.instanceName),
  );
  return (
    <div className="space-y-8">
      <SettingsHeading title="Linked accounts">
        Sign in with accounts that you have elsewhere. We show nothing of yours there, and post nothing.
      </SettingsHeading>
      <ProviderProblem problem={problem} providerKey={provider} providers={providers} />
      {newlyLinked && (
        <Callout tone="success" title={`${newlyLinked.name} is linked`}>
          <p>From now on you can sign in with it. We have sent you a mail that says so.</p>
        </Callout>
      )}
      <LinkedAccounts initial={list} providers={providers} />
    </div>
  );
}
