import type { OfferedProvider } from "@parley/api/schema/identities";
import type { SignInProblem } from "@/auth/problem-page";
import { Callout } from "@/components/callout";

/** What happened, and what to do; `name` is the provider's. */
const words: Record<SignInProblem, (name: string) => { title: string; text: string }> = {
  cancelled: (name) => ({ title: `You turned back at ${name}`, text: "Nothing has changed." }),
  mismatch: () => ({
    title: "This sign-in was not begun here",
    text: "It was begun in another browser or session, was used before, or took longer than a quarter of an hour. Nothing has changed; begin again.",
  }),
  unreachable: (name) => ({
    title: `${name} did not let you through`,
    text: "It could not be reached, or answered something that we do not understand. Try again in a moment.",
  }),
  too_many: () => ({
    title: "You have set out too often",
    text: "Nothing has changed. Try again in a quarter of an hour.",
  }),
  failed: () => ({ title: "Something went wrong on our side", text: "Nothing has changed. Try again in a moment." }),
  email_in_use: (name) => ({
    title: "There is an account with your address already",
    text: `Sign in to it the way you usually do. Then link ${name} under “Linked accounts” in your settings.`,
  }),
  email_unconfirmed: (name) => ({
    title: `${name} has not confirmed your e-mail address`,
    text: "Confirm it there first, then try again.",
  }),
  not_linked: (name) => ({
    title: `No account here is linked with this one at ${name}`,
    text: `${name} does not tell us your e-mail address. Sign in or create an account first, then link it in your settings.`,
  }),
  banned: () => ({ title: "This account was banned by an administrator", text: "It cannot be opened." }),
  closed: () => ({
    title: "This account is closed",
    text: "Until it is deleted for good, the link in our mail brings it back.",
  }),
  own_email_unconfirmed: () => ({
    title: "Confirm your own e-mail address first",
    text: "The link is in the mail that we sent you; under “Account” you can have another.",
  }),
  linked_elsewhere: (name) => ({
    title: "This account is linked with somebody else here",
    text: `If both are yours, sign in with ${name}, remove it there, and link it here.`,
  }),
  another_linked: (name) => ({
    title: `You have linked another account at ${name}`,
    text: "Remove that one first.",
  }),
};

export interface ProviderProblemProps {
  /** From the address: anything may stand there. */
  problem: string | undefined;
  /** The key of the provider, from the address as well. */
  providerKey: string | undefined;
  providers: readonly OfferedProvider[];
}

/** Tells why a sign-in at a provider came to nothing. */
export function ProviderProblem({ problem, providerKey, providers }: ProviderProblemProps) {
  const known = Object.entries(words).find(([name]) => name === problem)?.[1];
  if (known === undefined) return null;
  const { title, text } = known(providers.find(({ key }) => key === providerKey)?.name ?? "The provider");
  return (
    <Callout tone={problem === "cancelled" ? "info" : "warn"} title={title}>
      <p className="text-muted">{text}</p>
    </Callout>
  );
}
