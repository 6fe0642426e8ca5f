import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { ApiTokens } from "@/features/api-tokens/api-tokens";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "API tokens",
  description: "Keys for programs that speak to Parley in your name.",
};

export default async function ApiTokensSettingsPage() {
  await requireActor("/settings/api-tokens");
  const tokens = await (await api()).account.apiTokens();
  return (
    <div className="space-y-8">
      <SettingsHeading title="API tokens">
        Keys for programs that speak to Parley in your name, sent as <code>Authorization: Bearer</code>.
      </SettingsHeading>
      <ApiTokens initial={tokens} />
    </div>
  );
}
