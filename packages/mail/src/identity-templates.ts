import { type Mail, setLetter } from "./letter";

/** Tells that an account elsewhere now opens the one here; `link` leads to where that can be undone. `provider` is ours to name. */
export function accountLinked({ name, provider, link }: { name: string; provider: string; link: string }): Mail {
  return setLetter({
    subject: "An account was linked with yours",
    name,
    paragraphs: [
      `You can now sign in to Parley with your account at ${provider}. If you linked it yourself, there is nothing to do here.`,
      "If it was not you, remove it and choose a new password: that signs out everybody else.",
    ],
    action: { label: "See your linked accounts", link },
    note: "Nothing of yours is shown or changed at the other account.",
  });
}
