import { powerOf } from "@parley/api/rules/organizations";
import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { countOf } from "@/components/count";
import { Invitations } from "@/features/organizations/invitations";
import { MemberList } from "@/features/organizations/member-list";
import { NameForm } from "@/features/organizations/name-form";
import { readOrganization } from "@/features/organizations/read-organization";
import { asRole } from "@/features/organizations/role-words";
import { DeleteOrganization, LeaveOrganization } from "@/features/organizations/ways-out";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Organization", description: "Who belongs to it, and who is invited." };

export default async function OrganizationPage({ params }: PageProps<"/settings/organizations/[id]">) {
  const { id } = await params;
  const actor = await requireActor(`/settings/organizations/${id}`);
  const organization = await readOrganization(id);
  const { organizations } = await api();
  const { runsIt, endsIt } = powerOf(organization.role);
  const [members, invitations] = await Promise.all([
    organizations.members({ id: organization.id }),
    runsIt ? organizations.invitations({ id: organization.id }) : null,
  ]);
  return (
    <div className="space-y-8">
      <div className="space-y-4">
        <Link
          href="/settings/organizations"
          className="inline-flex min-h-8 items-center gap-2 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" strokeWidth={1.5} className="size-4" /> All organizations
        </Link>
        <div className="wrap-anywhere">
          <SettingsHeading title={organization.name}>
            {countOf(organization.memberCount, "member")}. You are {asRole[organization.role]}.
          </SettingsHeading>
        </div>
      </div>
      <Section title="Members" about="Nobody is shown anybody's e-mail address.">
        <MemberList organization={organization} ownId={actor.userId} initial={members} />
      </Section>
      {invitations !== null && (
        <Section title="Invitations" about="By mail, to people with an account and without. A link works for 7 days.">
          <Invitations organization={organization} initial={invitations} mayInvite={actor.role !== "user"} />
        </Section>
      )}
      {runsIt && (
        <Section title="Rename">
          <NameForm key={organization.name} organization={organization} />
        </Section>
      )}
      <Section
        title={endsIt ? "Leave or delete" : "Leave"}
        about="An organization has at least one owner. The last one makes somebody else owner before leaving."
      >
        <div className="flex flex-wrap gap-3">
          <LeaveOrganization organization={organization} />
          {endsIt && <DeleteOrganization organization={organization} />}
        </div>
      </Section>
    </div>
  );
}
