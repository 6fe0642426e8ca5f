import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { CreateOrganization } from "@/features/organizations/create-organization";
import { OrganizationList } from "@/features/organizations/organization-list";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Organizations", description: "The organizations you belong to." };

export default async function OrganizationsSettingsPage() {
  await requireActor("/settings/organizations");
  const organizations = await (await api()).organizations.list();
  return (
    <div className="space-y-8">
      <SettingsHeading title="Organizations">Those you belong to, each with your role in it.</SettingsHeading>
      <OrganizationList organizations={organizations} />
      <Section title="Create an organization" about="You are its owner, and invite the others.">
        <CreateOrganization />
      </Section>
    </div>
  );
}
