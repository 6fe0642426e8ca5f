import { describe, expect, test } from "vitest";
import {
  type BookingFacts,
  bookingCancelled,
  bookingConfirmed,
  bookingDeclined,
  bookingExpired,
  bookingReminder,
  bookingRequested,
  bookingRescheduled,
} from "./booking-templates";
import type { Mail } from "./letter";

const when = "Tuesday, 1 December 2026, 05:00 to 05:30 (America/New_York, UTC-05:00)";
const facts: BookingFacts = {
  name: "Jane Smith",
  link: "https://parley.example/bookings/01932d2c-7f3b-7aaa-8bbb-000000000001",
  other: "Hannah Host",
  when,
  price: "$75.00",
};
type Words = { other: string; said: string | null };
const letters: [string, (words: Words) => Mail, subject: string][] = [
  [
    "a request",
    ({ other, said }) => bookingRequested({ ...facts, other, note: said, isMove: false }),
    "Somebody asks for a conversation with you",
  ],
  [
    "a request for another time",
    ({ other, said }) => bookingRequested({ ...facts, other, note: said, isMove: true }),
    "Somebody asks to move a conversation with you",
  ],
  [
    "a confirmation",
    ({ other, said }) => bookingConfirmed({ ...facts, other, note: said }),
    "Your conversation is confirmed",
  ],
  [
    "a decline",
    ({ other, said }) => bookingDeclined({ ...facts, other, reason: said, isOwnDoing: false }),
    "Your request was declined",
  ],
  [
    "one's own decline",
    ({ other, said }) => bookingDeclined({ ...facts, other, reason: said, isOwnDoing: true }),
    "You declined a conversation",
  ],
  [
    "a request that expired",
    ({ other }) => bookingExpired({ ...facts, other, isOwnDoing: false, isInCalendars: false }),
    "Your request was not answered in time",
  ],
  [
    "a request that one did not answer",
    ({ other }) => bookingExpired({ ...facts, other, isOwnDoing: true, isInCalendars: true }),
    "A request was not answered in time",
  ],
  [
    "a cancellation",
    ({ other, said }) => bookingCancelled({ ...facts, other, reason: said, isOwnDoing: false }),
    "Your conversation was cancelled",
  ],
  [
    "one's own cancellation",
    ({ other, said }) => bookingCancelled({ ...facts, other, reason: said, isOwnDoing: true }),
    "Your conversation was cancelled",
  ],
  [
    "a move",
    ({ other }) => bookingRescheduled({ ...facts, other, awaitsConsent: false }),
    "Your conversation was moved",
  ],
  [
    "a move that awaits consent",
    ({ other }) => bookingRescheduled({ ...facts, other, awaitsConsent: true }),
    "A new time was asked for",
  ],
  ["a reminder", ({ other }) => bookingReminder({ ...facts, other, isNear: false }), "Your conversation is coming up"],
  [
    "a reminder just before",
    ({ other }) => bookingReminder({ ...facts, other, isNear: true }),
    "Your conversation is about to begin",
  ],
];

describe.each(letters)("%s", (_, letter, subject) => {
  test("says who, when and for how much, and leads to the booking", () => {
    const mail = letter({ other: "Hannah Host", said: null });
    expect(mail.subject).toBe(subject);
    for (const fact of ["Hannah Host", when, "$75.00", facts.link]) {
      expect(mail.text).toContain(fact);
      expect(mail.html).toContain(fact);
    }
    expect(mail.text.split("\n")).toContain(facts.link);
  });

  test("lets no stranger's name lead anywhere, or speak in the subject", () => {
    const mail = letter({ other: "Win at evil.example", said: null });
    expect(mail.subject).toBe(subject);
    expect(mail.text + mail.html).not.toContain("evil");
  });

  test("shows what people wrote as text, not as HTML", () => {
    const plain = letter({ other: "Hannah", said: "Words" }).html;
    const { html } = letter({ other: "Han<b>nah", said: "</p><script>alert(1)</script>" });
    expect(html.match(/<[^>]*>/g)).toEqual(plain.match(/<[^>]*>/g));
  });
});

test.each([
  ["a note", bookingRequested({ ...facts, note: "My\nthesis", isMove: false })],
  ["a note", bookingConfirmed({ ...facts, note: "My\nthesis" })],
  ["a reason", bookingDeclined({ ...facts, reason: "My\nthesis", isOwnDoing: false })],
  ["a reason", bookingCancelled({ ...facts, reason: "My\nthesis", isOwnDoing: true })],
])("%s is given in full, lines and all", (_, { text, html }) => {
  expect(text).toContain("    My\n    thesis\n");
  expect(html).toContain("My\nthesis</p>");
});
