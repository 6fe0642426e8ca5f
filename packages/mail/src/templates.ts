import { type Mail, setLetter } from "./letter";

/** Whom a mail greets, and the absolute web address it leads to, token and all. */
export interface Addressee {
  name: string;
  link: string;
}

/** Asks a new user to prove that the address is theirs. The link works for 24 hours. */
export function verifyEmail({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Confirm your email address",
    name,
    paragraphs: ["Welcome to Parley. Please confirm that this address is yours, and your account is ready."],
    action: { label: "Confirm address", link },
    note: "The link works for 24 hours. If you did not sign up for Parley, ignore this mail and nothing will happen.",
  });
}

/** Lets a user who forgot the password choose another. The link works for one hour, once. */
export function resetPassword({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Choose a new password",
    name,
    paragraphs: ["Someone asked for a new password for your Parley account. If it was you, choose one here."],
    action: { label: "Choose a password", link },
    note: "The link works for 1 hour, once. If it was not you, ignore this mail: your password stays as it is.",
  });
}

/** Tells a user that the password is another one now; `link` leads to where it can be reset. */
export function passwordChanged({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Your password was changed",
    name,
    paragraphs: [
      "The password of your Parley account has just been changed, and all devices were signed out.",
      "If it was you, there is nothing to do. If it was not, take your account back now.",
    ],
    action: { label: "Reset password", link },
    note: "We will never ask for your password in a mail.",
  });
}

/** Tells a user that the review went well; `link` leads to where one becomes a host. */
export function ageVerificationApproved({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Your age is verified",
    name,
    paragraphs: [
      "We have checked your document, and you are all set to become a host.",
      "Choose a username, set your rate and your hours, and people can book a conversation with you.",
    ],
    action: { label: "Become a host", link },
    note: "Your document has been deleted. We keep nothing but the result.",
  });
}

/** Tells a user that the review did not go well and why, in the words of the administrator. */
export function ageVerificationRejected({ name, reason, link }: Addressee & { reason: string }): Mail {
  return setLetter({
    subject: "We could not verify your age",
    name,
    paragraphs: ["We have looked at your document, and it was not enough to verify your age. This is why:"],
    quote: reason,
    action: { label: "Try again", link },
    note: "Your document has been deleted. You can send another one whenever you like.",
  });
}

/** Tells that an account is closed, and how to have it back; `link` does so for 14 days. */
export function accountDeleted({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Your account is closed",
    name,
    paragraphs: [
      "Your Parley account is closed: you are signed out everywhere, your page is gone, and your bookings are cancelled.",
      "In 14 days everything that is yours will be deleted for good. Until then you can have the account back.",
    ],
    action: { label: "Restore the account", link },
    note: "If it was not you who closed it, restore the account and choose a new password.",
  });
}

/** Asks whoever reads a new address to confirm it; the link works for 24 hours. */
export function confirmNewEmail({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Confirm your new email address",
    name,
    paragraphs: [
      "You asked to use this address for your Parley account. Confirm it, and you sign in with it from then on.",
    ],
    action: { label: "Use this address", link },
    note: "The link works for 24 hours. If it was not you, ignore this mail and nothing will happen.",
  });
}

/** Tells the old address that it is to be replaced; the link undoes it for 24 hours. */
export function emailChangeRequested({ name, link }: Addressee): Mail {
  return setLetter({
    subject: "Your email address is about to change",
    name,
    paragraphs: [
      "Someone asked to use another address for your Parley account. If it was you, there is nothing to do here.",
      "If it was not, keep this address: everybody who is signed in will be signed out, and you should choose a new password.",
    ],
    action: { label: "Keep this address", link },
    note: "The link works for 24 hours, also after the address has changed.",
  });
}
