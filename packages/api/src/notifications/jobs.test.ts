import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshDatabase } from "@parley/testing";
import { actorFor, type BookableFacts, createBookableHost, createUser } from "@parley/testing/factories";
import { runDueJobs } from "@parley/testing/run-jobs";
import { type ReceivedMail, startSmtpServer, type TestServer } from "@parley/testing/smtp-server";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Booking } from "../bookings/schema";
import { type Dependencies, openDependencies } from "../dependencies";
import { createCaller } from "../router";
import { createTasks } from "../worker";
import { notificationJobs } from "./jobs";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let directory: string;
let server: TestServer;
let deps: Dependencies;

beforeAll(async () => {
  fresh = await freshDatabase();
  directory = await mkdtemp(path.join(tmpdir(), "parley-notifications-"));
  server = await startSmtpServer();
  deps = await openDependencies({
    dataDir: directory,
    databaseUrl: fresh.url,
    apiUrl: "http://api.example.test",
    webUrl: "https://parley.example.test",
    assetsUrl: "http://assets.example.test",
    mailFrom: "Parley <hello@parley.example.test>",
    smtpUrl: server.url,
    areLimitsOn: false,
    log: { info() {}, warn() {}, error() {} },
  });
});
afterAll(async () => {
  await deps.close();
  await server.close();
  await fresh.close();
  await rm(directory, { recursive: true });
});

type Party = "host" | "caller";
const pool = () => deps.database.pool;
const runJobs = () => runDueJobs(pool(), createTasks(deps));
const minutes = 60_000;
/** A full hour so many days ahead. */
const daysAhead = (days: number) =>
  `${new Date(Date.now() + days * 24 * 60 * minutes).toISOString().slice(0, 13)}:00:00.000Z`;

/** A host and a caller who asks for half an hour, and what both can do and have heard. */
async function conversation(facts: BookableFacts & { callerZone?: string; start?: string } = {}) {
  const host = await createBookableHost(pool(), { displayName: "Hannah", timezone: "America/New_York", ...facts });
  const caller = await createUser(pool(), { role: "verified_user", displayName: "Carl" });
  const people = { host, caller };
  const as = (party: Party) => createCaller({ actor: actorFor(people[party]), client: null, requestId: "test", deps });
  const booking = await as("caller").bookings.request({
    hostUsername: host.username ?? "",
    start: facts.start ?? daysAhead(5),
    durationMinutes: 30,
    note: "About my thesis",
    timezone: facts.callerZone,
  });
  return {
    booking,
    people,
    host: as("host"),
    caller: as("caller"),
    mails: (party: Party) => server.received.filter(({ envelope }) => envelope.to[0] === people[party].email),
    /** Types, oldest first. */
    told: async (party: Party, onlyUnread = false) => {
      const { items } = await as(party).notifications.list({ unread: onlyUnread, page: 1, perPage: 100 });
      return items.map(({ type }) => type.replace("booking_", "")).reverse();
    },
  };
}
type Conversation = Awaited<ReturnType<typeof conversation>>;

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

async function orders(bookingId: string) {
  await deps.bookingNotices.announce(new Date());
  const { rows } = await pool().query<{ key: string; run_at: Date }>(
    "SELECT key, run_at FROM graphile_worker.jobs WHERE key LIKE $1 ORDER BY run_at",
    [`remind:${bookingId}:%`],
  );
  return rows.map(({ key, run_at }) => [key.split(":").at(-1), run_at.toISOString()]);
}
const earlier = (start: string, minutesBefore: number) =>
  new Date(Date.parse(start) - minutesBefore * minutes).toISOString();

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

describe("reminders", () => {
  const remind = ({ booking }: Conversation, kind: "24h" | "15m", at: string, startsAt = booking.start) => {
    const jobs = notificationJobs({ ...deps, clock: () => new Date(at) });
    return jobs["notifications.remind"]({ bookingId: booking.id, kind, startsAt });
  };
  const ordered = ({ start }: Booking) => [
    ["24h", earlier(start, 24 * 60)],
    ["15m", earlier(start, 15)],
  ];

  test("are ordered a day and a quarter of an hour ahead, moved with the booking, and taken back with it", async () => {
    const { booking, host } = await conversation();
    expect(await orders(booking.id)).toEqual(ordered(booking));
    const moved = await host.bookings.reschedule({ id: booking.id, start: daysAhead(8) });
    expect(await orders(booking.id)).toEqual(ordered(moved));
    await host.bookings.cancel({ id: booking.id });
    expect(await orders(booking.id)).toEqual([]);
  });

  test("wait for consent, and leave out what has passed", async () => {
    const soon = `${new Date(Date.now() + 5 * 60 * minutes).toISOString().slice(0, 13)}:00:00.000Z`;
    const { booking, host } = await conversation({ requiresConsent: true, start: soon });
    expect(await orders(booking.id)).toEqual([]);
    await host.bookings.accept({ id: booking.id });
    expect(await orders(booking.id)).toEqual([["15m", earlier(soon, 15)]]);
  });

  test("come once to both sides, in the app and by mail, however often the job runs", async () => {
    const talk = await conversation();
    await runJobs();
    const { start } = talk.booking;
    await Promise.all(Array.from({ length: 10 }, () => remind(talk, "24h", earlier(start, 24 * 60))));
    await runJobs();
    await Promise.all(Array.from({ length: 10 }, () => remind(talk, "15m", earlier(start, 15))));
    await runJobs();
    for (const party of ["host", "caller"] as const) {
      expect(await talk.told(party)).toEqual(["confirmed", "reminder", "reminder"]);
      expect(talk.mails(party)).toHaveLength(3);
    }
  });

  test.each(["cancelled", "moved", "requested again", "late"])("never come for one that is %s", async (fate) => {
    const talk = await conversation({ requiresConsent: true });
    const { id, start } = talk.booking;
    await talk.host.bookings.accept({ id });
    if (fate === "cancelled") await talk.host.bookings.cancel({ id });
    if (fate === "moved") await talk.host.bookings.reschedule({ id, start: daysAhead(9) });
    if (fate === "requested again") await talk.caller.bookings.reschedule({ id, start: daysAhead(9) });
    const late = fate === "late";
    await remind(talk, "24h", earlier(start, late ? 10 : 24 * 60));
    await remind(talk, "15m", earlier(start, late ? 0 : 15));
    await runJobs();
    expect(await talk.told("caller")).not.toContain("reminder");
    expect(await talk.told("host")).not.toContain("reminder");
  });

  test("wait for a cancellation that is under way, and then do not come", async () => {
    const talk = await conversation();
    const client = await pool().connect();
    await client.query("BEGIN");
    await client.query("UPDATE bookings SET status = 'cancelled', ended_by = 'host' WHERE id = $1", [talk.booking.id]);
    const reminding = remind(talk, "15m", earlier(talk.booking.start, 15));
    await expect
      .poll(async () => {
        const { rows } = await pool().query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows.length;
      })
      .toBe(1);
    await client.query("COMMIT");
    client.release();
    await reminding;
    expect(await talk.told("caller")).not.toContain("reminder");
  });
});
