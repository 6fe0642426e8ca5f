import { type Mail, setLetter } from "./letter";
import type { Addressee } from "./templates";

/** Tells that there is a new key to the account, by the name it was given; `link` leads to where it can be ended. */
export function apiTokenCreated({ name, tokenName, link }: Addressee & { tokenName: string }): Mail {
  return setLetter({
    subject: "A new API token for your account",
    name,
    paragraphs: [
      "An API token was made for your Parley account. A program that has it can act for you, as far as its scopes go. It is called:",
    ],
    quote: tokenName,
    action: { label: "See your API tokens", link },
    note: "If it was not you who made it, end the token and choose a new password.",
  });
}
