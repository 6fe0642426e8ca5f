import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { InboxPanel } from "@/features/account/inbox-panel";

/** To those whom we do not know yet. Both ways lead back to the very time that was chosen. */
export function JoinFirst({ address }: { address: string }) {
  const next = encodeURIComponent(address);
  return (
    <div className="space-y-5">
      <p className="prose-line text-muted">
        Sign in, or make an account in a minute. You come back to this very time, and it is kept for you meanwhile.
      </p>
      <div className="flex flex-wrap gap-3">
        <Link
          href={`/sign-in?next=${next}` as Route}
          rel="nofollow"
          prefetch={false}
          className={buttonClass({ tone: "primary", size: "large" })}
        >
          Sign in to book
        </Link>
        <Link
          href={`/sign-up?next=${next}` as Route}
          rel="nofollow"
          prefetch={false}
          className={buttonClass({ size: "large" })}
        >
          Create an account
        </Link>
      </div>
    </div>
  );
}

/** To those whose address is not proven: a host's calendar is not for addresses that nobody reads. */
export function VerifyFirst({ email }: { email: string }) {
  return (
    <div className="space-y-5">
      <p className="prose-line text-muted">
        Open the link in the mail that we sent you, on any device. The invitation goes to that address, so it must be
        yours.
      </p>
      <InboxPanel email={email} />
    </div>
  );
}
