"use client";
import { Interactive } from "@/features/site/interactive";
import { InboxPanel } from "./inbox-panel";

/** The panel with all that it stands in, for a page that is otherwise read, or pressed once. */
export function InteractiveInbox({ email }: { email: string }) {
  return (
    <Interactive>
      <InboxPanel email={email} />
    </Interactive>
  );
}
