import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";

/** For a link that was used, is too old, or came in pieces; and the way to another. */
export function UnusableResetLink() {
  return (
    <div className="space-y-5">
      <Callout tone="danger" title="This link does not work any more">
        <p className="text-muted">It works for one hour, once. Your password is as it was.</p>
      </Callout>
      <Link href="/forgot-password" className={buttonClass({ tone: "primary", size: "large" })}>
        Ask for a new link
      </Link>
    </div>
  );
}
