import { type Mail, setLetter } from "./letter";
import { shownName } from "./shown-name";

/** What all mails about a booking tell. `link` leads to its page, where it can be moved and cancelled. */
export interface BookingFacts {
  name: string;
  link: string;
  /** The display name of the other side. */
  other: string;
  /** Day, time and zone, as its reader says them: "Tuesday, 24 November 2026, 10:00 to 10:30 (Europe/Berlin)". */
  when: string;
  /** "$12.50". */
  price: string;
}

const ownAddress = "We will never ask for your password or your card in a mail.";
const attached = "The file attached brings your calendar up to date.";

/** Asks a host for consent; `isMove` where the conversation was asked for before, at another time. */
export function bookingRequested(facts: BookingFacts & { note: string | null; isMove: boolean }): Mail {
  const who = shownName(facts.other) ?? "Somebody";
  return setLetter({
    subject: facts.isMove
      ? "Somebody asks to move a conversation with you"
      : "Somebody asks for a conversation with you",
    name: facts.name,
    paragraphs: [
      facts.isMove ? `${who} asks to move your conversation to:` : `${who} asks for a conversation with you:`,
      placeOf(facts),
      "It is kept for them until you accept or decline.",
    ],
    quote: facts.note ?? undefined,
    action: { label: "Accept or decline", link: facts.link },
    note: ownAddress,
  });
}

/** Tells either side that the conversation will take place. */
export function bookingConfirmed(facts: BookingFacts & { note: string | null }): Mail {
  return setLetter({
    subject: "Your conversation is confirmed",
    name: facts.name,
    paragraphs: [`Your conversation with ${otherOf(facts)} is confirmed:`, placeOf(facts), attached],
    quote: facts.note ?? undefined,
    action: { label: "See the booking", link: facts.link },
    note: "If you cannot come, move or cancel the booking there.",
  });
}

/** Tells a caller that the host will not, and why where the host said so; and a host whose calendar knew of it. */
export function bookingDeclined(facts: BookingFacts & { reason: string | null; isOwnDoing: boolean }): Mail {
  const what = facts.isOwnDoing
    ? `You declined this conversation with ${otherOf(facts)}:`
    : `${shownName(facts.other) ?? "The host"} declined this conversation:`;
  return setLetter({
    subject: facts.isOwnDoing ? "You declined a conversation" : "Your request was declined",
    name: facts.name,
    paragraphs: [what, placeOf(facts), ...(facts.reason === null ? [] : ["The reason given:"])],
    quote: facts.reason ?? undefined,
    action: { label: "See the booking", link: facts.link },
    note: facts.isOwnDoing ? ownAddress : "You can ask for another time whenever you like.",
  });
}

/** Tells both sides that the conversation is off: the one who cancelled gets the file for their calendar. */
export function bookingCancelled(facts: BookingFacts & { reason: string | null; isOwnDoing: boolean }): Mail {
  const what = facts.isOwnDoing
    ? `You cancelled this conversation with ${otherOf(facts)}:`
    : `${shownName(facts.other) ?? "The other side"} cancelled this conversation with you:`;
  return setLetter({
    subject: "Your conversation was cancelled",
    name: facts.name,
    paragraphs: [what, placeOf(facts), facts.reason === null ? attached : `${attached} The reason given:`],
    quote: facts.reason ?? undefined,
    action: { label: "See the booking", link: facts.link },
    note: ownAddress,
  });
}

/**
 * Tells both sides that a request was not answered before its time came; `isOwnDoing` to the host, who did not. `isInCalendars`
 * where a calendar may know of it, from a time before.
 */
export function bookingExpired(facts: BookingFacts & { isOwnDoing: boolean; isInCalendars: boolean }): Mail {
  const what = facts.isOwnDoing
    ? `You did not answer this request of ${otherOf(facts)} before its time came:`
    : `${shownName(facts.other) ?? "The host"} did not answer your request before its time came:`;
  return setLetter({
    subject: facts.isOwnDoing ? "A request was not answered in time" : "Your request was not answered in time",
    name: facts.name,
    paragraphs: [
      what,
      placeOf(facts),
      "Nothing will take place, and nothing is due.",
      ...(facts.isInCalendars ? [attached] : []),
    ],
    action: { label: "See the booking", link: facts.link },
    note: facts.isOwnDoing ? ownAddress : "You can ask for another time whenever you like.",
  });
}

/** Tells either side of another time; `awaitsConsent` where the host has still to accept it. */
export function bookingRescheduled(facts: BookingFacts & { awaitsConsent: boolean }): Mail {
  return setLetter({
    subject: facts.awaitsConsent ? "A new time was asked for" : "Your conversation was moved",
    name: facts.name,
    paragraphs: [
      facts.awaitsConsent
        ? `This is the new time asked for your conversation with ${otherOf(facts)}. The host has still to accept it:`
        : `Your conversation with ${otherOf(facts)} was moved. It is now on:`,
      placeOf(facts),
      attached,
    ],
    action: { label: "See the booking", link: facts.link },
    note: "If the new time does not suit you, move or cancel the booking there.",
  });
}

/** Reminds either side of a conversation that will take place. */
export function bookingReminder(facts: BookingFacts & { isNear: boolean }): Mail {
  return setLetter({
    subject: facts.isNear ? "Your conversation is about to begin" : "Your conversation is coming up",
    name: facts.name,
    paragraphs: [`A reminder of your conversation with ${otherOf(facts)}:`, placeOf(facts)],
    action: { label: "See the booking", link: facts.link },
    note: "If you cannot come, move or cancel the booking there.",
  });
}

function otherOf({ other }: BookingFacts): string {
  return shownName(other) ?? "the other side";
}

function placeOf({ when, price }: BookingFacts): string {
  return `${when}, for ${price}.`;
}
