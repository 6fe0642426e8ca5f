import { invitationTokenInput, type ReceivedInvitation } from "@parley/api/schema/organizations/received-invitations";
import type { Metadata } from "next";
import { z } from "zod";
import { currentActor } from "@/auth/actor";
import { AccountFrame } from "@/features/account/account-frame";
import { ReceivedInvitationView, UnusableInvitation } from "@/features/organizations/received-invitation";
import { asRole } from "@/features/organizations/role-words";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Your invitation",
  description: "Answer an invitation into an organization with the link from our mail.",
  robots: { index: false },
};

const query = z.object({ token: invitationTokenInput.shape.token.optional().catch(undefined) });

export default async function InvitationPage({ searchParams }: PageProps<"/invitations">) {
  const { token } = query.parse(await searchParams);
  const invitation = token === undefined ? null : await readInvitation(token);
  if (token === undefined || invitation === null) {
    return (
      <AccountFrame title="Your invitation" lead="An invitation into an organization is answered here.">
        <UnusableInvitation />
      </AccountFrame>
    );
  }
  const { organizationName, invitedBy, role } = invitation;
  const person = (await currentActor()) === null ? null : await (await api()).profile.me();
  return (
    <AccountFrame
      title={`Join ${organizationName}`}
      lead={
        <p className="wrap-anywhere">
          {invitedBy ?? "Somebody"} would like to have you as {asRole[role]}.
        </p>
      }
    >
      <ReceivedInvitationView invitation={invitation} token={token} email={person?.email ?? null} />
    </AccountFrame>
  );
}

/** Null where there is none any more. */
async function readInvitation(token: string): Promise<ReceivedInvitation | null> {
  try {
    return await (await api()).organizations.receivedInvitation({ token });
  } catch (error) {
    if ((await procedures()).toFailure(error).code === "not_found") return null;
    throw error;
  }
}
