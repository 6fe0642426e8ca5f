import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { SessionList } from "@/features/account/session-list";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Security", description: "Where you are signed in." };

export default async function SecuritySettingsPage() {
  await requireActor("/settings/security");
  const sessions = await (await api()).account.sessions({ perPage: 100 });
  return (
    <div className="space-y-8">
      <SettingsHeading title="Security">Where you are signed in, and the way out.</SettingsHeading>
      <Section
        title="Sessions"
        about="End what you do not know. If one is not yours, change your password as well: that ends all of them."
      >
        <SessionList initial={sessions} />
      </Section>
    </div>
  );
}
