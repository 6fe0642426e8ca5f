import type { ReceivedMail } from "@parley/testing/smtp-server";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { daysAhead, useConversations } from "../../test/conversations";

const conversations = useConversations();
const { conversation, pool, runJobs } = conversations;

/** What calendars make of the file in a mail. */
function entryIn(mail: ReceivedMail | undefined) {
  const files = mail?.parsed.attachments ?? [];
  const [shown, attached] = [
    files.find(({ mimeType }) => mimeType === "text/calendar"),
    files.find(({ mimeType }) => mimeType === "application/ics"),
  ];
  const textOf = (file: typeof shown) =>
    typeof file?.content === "string" ? file.content : new TextDecoder().decode(file?.content);
  expect(textOf(shown)).toBe(textOf(attached));
  const calendar = new ICAL.Component(ICAL.parse(textOf(attached)));
  const component = calendar.getFirstSubcomponent("vevent");
  if (component === null) throw new Error("no entry");
  const event = new ICAL.Event(component);
  return {
    method: calendar.getFirstPropertyValue("method"),
    shownAs: shown?.method,
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    status: component.getFirstPropertyValue("status"),
    attendees: event.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
  };
}

describe("a booking", () => {
  test("from request to cancellation: each is told what fits, once, and calendars follow", async () => {
    const talk = await conversation({ requiresConsent: true, callerZone: "Australia/Sydney" });
    const { id } = talk.booking;
    await runJobs();
    expect([await talk.told("host"), await talk.told("caller")]).toEqual([["requested"], []]);
    const [asked, ...more] = talk.mails("host");
    expect(more).toEqual([]);
    expect(asked?.parsed.text).toContain("Carl asks for a conversation with you");
    expect(asked?.parsed.text).toContain("About my thesis");
    expect(asked?.parsed.text).toContain(`https://parley.example.test/bookings/${id}`);
    expect(asked?.parsed.attachments).toEqual([]);

    await talk.host.bookings.accept({ id });
    await runJobs();
    const moved = await talk.caller.bookings.reschedule({ id, start: daysAhead(6) });
    await talk.host.bookings.accept({ id });
    await runJobs();
    await talk.caller.bookings.cancel({ id, reason: "I am ill" });
    await runJobs();

    const history = ["confirmed", "rescheduled", "confirmed", "cancelled"];
    expect(await talk.told("host")).toEqual(["requested", ...history]);
    expect(await talk.told("caller")).toEqual(history);
    // The one who cancelled need not be pointed to it.
    expect(await talk.told("host", true)).toContain("cancelled");
    expect(await talk.told("caller", true)).not.toContain("cancelled");

    for (const party of ["host", "caller"] as const) {
      const mails = talk.mails(party).slice(party === "host" ? 1 : 0);
      const times = { start: moved.start, end: moved.end };
      const common = { uid: `${id}@parley`, attendees: [`mailto:${talk.people[party].email}`] };
      expect(mails.map(entryIn)).toEqual([
        {
          ...common,
          ...{ method: "REQUEST", shownAs: "REQUEST", status: "CONFIRMED", sequence: 1 },
          ...{ start: talk.booking.start, end: talk.booking.end },
        },
        // That it was moved was news no more when it was accepted.
        { ...common, ...times, method: "REQUEST", shownAs: "REQUEST", status: "CONFIRMED", sequence: 3 },
        { ...common, ...times, method: "CANCEL", shownAs: "CANCEL", status: "CANCELLED", sequence: 4 },
      ]);
      const other = talk.people[party === "host" ? "caller" : "host"].email;
      for (const { raw } of talk.mails(party)) expect(raw).not.toContain(other);
    }
    expect(talk.mails("host").at(-1)?.parsed.text).toContain("I am ill");
  });

  test("that is moved asks calendars for the new time, as a higher version", async () => {
    const talk = await conversation({});
    await runJobs();
    const moved = await talk.host.bookings.reschedule({ id: talk.booking.id, start: daysAhead(7) });
    await runJobs();
    for (const party of ["host", "caller"] as const) {
      const [first, second] = talk.mails(party).map(entryIn);
      expect(second).toMatchObject({ uid: first?.uid, method: "REQUEST", status: "CONFIRMED", start: moved.start });
      expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0);
    }
  });

  test("that is declined is told to its caller, with the reason", async () => {
    const talk = await conversation({ requiresConsent: true });
    await runJobs();
    await talk.host.bookings.decline({ id: talk.booking.id, reason: "I am away" });
    await runJobs();
    expect([await talk.told("host"), await talk.told("caller")]).toEqual([["requested"], ["declined"]]);
    expect(talk.mails("host")).toHaveLength(1);
    expect(talk.mails("caller").map(({ parsed }) => parsed.text)).toEqual([expect.stringContaining("I am away")]);
  });

  test("is told in the zone of each reader, named; the file has the one instant", async () => {
    const start = daysAhead(3).replace(/T\d\d/, "T14");
    const talk = await conversation({ callerZone: "Australia/Sydney", start });
    await runJobs();
    const [toHost, toCaller] = [talk.mails("host")[0], talk.mails("caller")[0]];
    expect(toHost?.parsed.text).toMatch(
      /0?9:00 to 0?9:30 \(America\/New_York, UTC-05:00\)|10:00 to 10:30 \(America\/New_York, UTC-04:00\)/,
    );
    expect(toCaller?.parsed.text).toMatch(/\(Australia\/Sydney, UTC\+1[01]:00\)/);
    for (const mail of [toHost, toCaller]) expect(entryIn(mail).start).toBe(start);
  });

  test("is told to its caller in their own zone where it was made in none that is known, else in UTC", async () => {
    const talk = await conversation();
    const other = await conversation();
    await pool().query("UPDATE users SET timezone = 'Asia/Tokyo' WHERE id = $1", [talk.people.caller.id]);
    await runJobs();
    expect(talk.mails("caller")[0]?.parsed.text).toContain("(Asia/Tokyo, UTC+09:00)");
    expect(other.mails("caller")[0]?.parsed.text).toContain("(UTC)");
  });

  test("that is over before anyone was told is on record; no mail tells what is so no more", async () => {
    const talk = await conversation();
    await talk.caller.bookings.cancel({ id: talk.booking.id });
    await runJobs();
    expect(await talk.told("host")).toEqual(["confirmed", "cancelled"]);
    for (const party of ["host", "caller"] as const) {
      expect(talk.mails(party).map(({ parsed }) => parsed.subject)).toEqual(["Your conversation was cancelled"]);
    }
  });

  test("is told to nobody who has left", async () => {
    const talk = await conversation();
    await pool().query("UPDATE users SET deleted_at = now() WHERE id = $1", [talk.people.host.id]);
    await runJobs();
    expect([talk.mails("host").length, talk.mails("caller").length]).toEqual([0, 1]);
  });
});
