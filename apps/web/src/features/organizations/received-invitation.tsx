import type { ReceivedInvitation } from "@parley/api/schema/organizations/received-invitations";
import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";
import { WaitingInbox } from "@/features/account/waiting-inbox";
import { AnswerInvitation } from "./answer-invitation";
import { OtherAccount } from "./other-account";

export interface ReceivedInvitationViewProps {
  invitation: ReceivedInvitation;
  token: string;
  /** The address of whoever is signed in. */
  email: string | null;
}

/** What whoever holds the link can do with it. */
export function ReceivedInvitationView({ invitation, token, email }: ReceivedInvitationViewProps) {
  const { state, addressee, organizationId, organizationName } = invitation;
  const page = `/invitations?${new URLSearchParams({ token })}`;
  if (organizationId !== null) {
    return (
      <div className="space-y-5">
        <Callout tone="success" title={`You belong to ${organizationName}`} />
        <Link
          href={`/settings/organizations/${organizationId}` as Route}
          className={buttonClass({ tone: "primary", size: "large" })}
        >
          See the organization
        </Link>
      </div>
    );
  }
  if (state === "accepted") {
    return (
      <Unusable title="This invitation has been used">
        It works once. Somebody who runs it can invite you again.
      </Unusable>
    );
  }
  if (state === "expired") {
    return (
      <Unusable title="This invitation has expired">
        It worked for 7 days. Ask whoever invited you to send it again.
      </Unusable>
    );
  }
  switch (addressee) {
    case "you":
      return <AnswerInvitation token={token} />;
    case "unverified":
      return (
        <div className="space-y-5">
          <p>Open the link in our other mail first, so that we know that the address is yours.</p>
          <WaitingInbox email={email ?? ""} />
        </div>
      );
    case "another":
      return (
        <div className="space-y-5">
          <Callout tone="warn" title="This invitation is for another address">
            <p className="text-muted wrap-anywhere">
              It was not sent to {email}, with which you are signed in. Use the account that has the address, or ask to
              be invited with this one.
            </p>
          </Callout>
          <OtherAccount page={page} />
        </div>
      );
    case "unknown":
      return <SignInFirst next={page} />;
  }
}

function SignInFirst({ next }: { next: string }) {
  const query = new URLSearchParams({ next });
  return (
    <div className="space-y-5">
      <p>Sign in with the address that the invitation came to, or make an account with it, and answer.</p>
      <div className="flex flex-wrap gap-3">
        <Link href={`/sign-up?${query}` as Route} className={buttonClass({ tone: "primary", size: "large" })}>
          Create an account
        </Link>
        <Link href={`/sign-in?${query}` as Route} className={buttonClass({ size: "large" })}>
          Sign in
        </Link>
      </div>
    </div>
  );
}

function Unusable({ title, children }: { title: string; children: string }) {
  return (
    <div className="space-y-5">
      <Callout tone="danger" title={title}>
        <p className="text-muted">{children}</p>
      </Callout>
      <Link href="/" className={buttonClass({ tone: "secondary" })}>
        Go to the start page
      </Link>
    </div>
  );
}

/** For a link that was revoked, declined or replaced, or came in pieces. */
export function UnusableInvitation() {
  return (
    <Unusable title="This invitation does not work any more">
      It was taken back, declined, or sent again since: only the newest mail works.
    </Unusable>
  );
}
