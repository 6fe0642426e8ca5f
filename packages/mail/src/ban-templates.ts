import { type Mail, setLetter } from "./letter";
import type { Addressee } from "./templates";

/** Tells that an administrator has closed an account, and why where they said so. */
export function accountBanned({ name, reason, link }: Addressee & { reason: string | null }): Mail {
  return setLetter({
    subject: "Your account was banned",
    name,
    paragraphs: [
      "An administrator has banned your Parley account: you are signed out everywhere, nobody sees your page, and the bookings ahead of you are cancelled.",
      ...(reason === null ? [] : ["The reason given:"]),
    ],
    quote: reason ?? undefined,
    action: { label: "Parley", link },
    note: "If you think that this is a mistake, answer this mail.",
  });
}

/** Tells that a banned account is open again; `link` leads to where one signs in. */
export function accountUnbanned({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Your account is open again",
    name,
    paragraphs: [
      "An administrator has lifted the ban of your Parley account. You can sign in, and your page is back.",
      "Bookings that were cancelled stay so, and API tokens have to be made again.",
    ],
    action: { label: "Sign in", link },
    note: "We will never ask for your password in a mail.",
  });
}
