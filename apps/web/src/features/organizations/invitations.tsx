"use client";
import { mayInviteAs } from "@parley/api/rules/organizations";
import type { Organization } from "@parley/api/schema/organizations";
import type { Invitation } from "@parley/api/schema/organizations/invitations";
import { Mail } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { LocalTime } from "@/components/local-time";
import { InviteForm } from "./invite-form";
import { roleNames } from "./role-words";
import { useInvitations } from "./use-invitations";

export interface InvitationsProps {
  organization: Organization;
  initial: Invitation[];
  /** False for those who have yet to prove their own address: nobody else has mails sent to others. */
  mayInvite: boolean;
}

/** Who is invited and has not answered, and a form for one more. */
export function Invitations({ organization, initial, mayInvite }: InvitationsProps) {
  const { invitations, invite, resend, resendingId, revoke } = useInvitations(organization.id, initial);
  return (
    <div className="space-y-6">
      {mayInvite ? (
        <InviteForm role={organization.role} onInvite={invite} />
      ) : (
        <Callout tone="warn" title="Confirm your own address first">
          <p>
            Then you can invite others.{" "}
            <Link href="/verify-email" className="underline underline-offset-4">
              Confirm it
            </Link>
          </p>
        </Callout>
      )}
      {invitations.length > 0 && (
        <ul
          aria-label="Open invitations"
          className="divide-y divide-hairline rounded-lg border border-hairline bg-raised"
        >
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              isMine={mayInviteAs(organization.role, invitation.role)}
              isResent={mayInvite}
              isResending={resendingId === invitation.id}
              onResend={() => resend(invitation.id)}
              onRevoke={() => revoke(invitation.id)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface InvitationRowProps {
  invitation: Invitation;
  /** Whether its role is the reader's to give, and so to take back. */
  isMine: boolean;
  isResent: boolean;
  isResending: boolean;
  onResend(): void;
  onRevoke(): void;
}

function InvitationRow({ invitation, isMine, isResent, isResending, onResend, onRevoke }: InvitationRowProps) {
  const { email, role, expiresAt, isExpired } = invitation;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 p-4">
      <Mail aria-hidden="true" strokeWidth={1.5} className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-40 flex-1 space-y-1 wrap-anywhere">
        <p className="font-medium">{email}</p>
        <p className="text-sm text-muted">
          {roleNames[role]} ·{" "}
          <span className={isExpired ? "text-warn" : undefined}>
            {isExpired ? "expired" : "until"} <LocalTime instant={expiresAt} look="date" />
          </span>
        </p>
      </div>
      {isMine && (
        <div className="flex gap-2">
          {isResent && (
            <Button size="small" isPending={isResending} onPress={onResend} aria-label={`Send again to ${email}`}>
              {isResending ? "Sending…" : "Send again"}
            </Button>
          )}
          <Button size="small" tone="quiet" onPress={onRevoke} aria-label={`Revoke the invitation to ${email}`}>
            Revoke
          </Button>
        </div>
      )}
    </li>
  );
}
