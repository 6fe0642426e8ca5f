"use client";
import { LinkPress, SettledLink, UnusableLink } from "./mailed-link";
import { useMailedLink } from "./use-mailed-link";

const words = {
  confirm: {
    verb: "Use this address",
    done: "Your address is changed",
    after: "You sign in with it from now on.",
    onward: { href: "/settings/account", label: "Go to your account" },
  },
  undo: {
    verb: "Keep this address",
    done: "Your address stays",
    after: "Everybody who was signed in is signed out. Choose a new password now.",
    onward: { href: "/forgot-password", label: "Choose a new password" },
  },
} as const;

/** Settles a change of address by the token of a mail. */
export function EmailChangeLink({ verb, token }: { verb: "confirm" | "undo"; token: string }) {
  const link = useMailedLink(async () => (await import("./email-change-request")).settleEmailChange(verb, token));
  const { done, after, onward } = words[verb];
  if (link.stage === "open") return <LinkPress link={link} verbs={[words[verb].verb, "One moment…"]} />;
  if (link.stage === "unusable") return <UnusableEmailChangeLink />;
  return (
    <SettledLink title={done} onward={onward}>
      It is {link.outcome}. {after}
    </SettledLink>
  );
}

export function UnusableEmailChangeLink() {
  return (
    <UnusableLink onward={words.confirm.onward}>
      It works once, for 24 hours, and only until another change is asked for.
    </UnusableLink>
  );
}
