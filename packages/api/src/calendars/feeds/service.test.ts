import { createAuth } from "@parley/auth";
import { writeCalendar } from "@parley/calendar-file";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCalendarStore } from "../store";
import { getFeedFile, getFeeds, resetFeed } from "./service";
import { createFeedStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

function deps() {
  const { pool, changes } = database;
  return {
    auth: createAuth({ pool, changes, secret: "a secret of at least 32 characters", issuer: "test", audience: "test" }),
    calendars: createCalendarStore(database),
    calendarFeeds: createFeedStore(database),
    writeCalendar,
    mailSender: { name: "Parley", email: "hello@parley.example" },
    webLink: (pathname: string) => `https://parley.example${pathname}`,
    feedLink: (token: string) => `https://api.parley.example/feeds/${token}.ics`,
    clock: () => new Date("2026-11-24T08:00:00Z"),
  };
}

const person = async (role: "host" | "verified_user") => actorFor(await createUser(database.pool, { role }));
const tokenOf = (link: string | null) => /feeds\/(cal_[\w-]{43})\.ics$/.exec(link ?? "")?.[1] ?? "none";
const follow = async (link: string | null) =>
  Buffer.from((await getFeedFile(deps(), { token: tokenOf(link) })).bytes).toString();
const book = (hostId: string, callerId: string, at: string, status = "confirmed") =>
  database.pool.query(
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents, ended_by)
     VALUES (uuidv7(), $1, $2, $3::text::booking_status, $4::timestamptz, $4::timestamptz + interval '30 minutes',
       250, 7500, CASE WHEN $3::text = 'cancelled' THEN 'host'::booking_party END)`,
    [hostId, callerId, status, at],
  );
const notFound = { code: "not_found", message: "Calendar not found" };

describe("feeds", () => {
  test("are one for those who book, two for hosts, and the same each time", async () => {
    const [host, visitor] = [await person("host"), await person("verified_user")];
    const feeds = await getFeeds(deps(), host);
    expect(new Set([tokenOf(feeds.host), tokenOf(feeds.caller), "none"]).size).toBe(3);
    expect(await getFeeds(deps(), host)).toEqual(feeds);
    expect(await getFeeds(deps(), visitor)).toMatchObject({ host: null, caller: expect.stringContaining("cal_") });
  });

  test("asked for by 10 at once are the same", async () => {
    const host = await person("host");
    const all = await Promise.all(Array.from({ length: 10 }, () => getFeeds(deps(), host)));
    for (const feeds of all) expect(feeds).toEqual(all[0]);
  });

  test("are in the database neither by their token nor by what it could be found from", async () => {
    const { caller } = await getFeeds(deps(), await person("host"));
    const { rows } = await database.pool.query("SELECT * FROM calendar_feeds");
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      for (const bytes of [row.token_hash, row.sealed_token]) expect(bytes.toString()).not.toContain(tokenOf(caller));
    }
  });

  test("show the bookings of their party, of the last 90 days and later, by start", async () => {
    const [host, visitor] = [await person("host"), await person("verified_user")];
    await book(host.userId, visitor.userId, "2026-12-01T10:00Z");
    await book(host.userId, visitor.userId, "2026-09-01T10:00Z", "cancelled");
    await book(host.userId, visitor.userId, "2026-08-01T10:00Z");
    const { host: hosted, caller: booked } = await getFeeds(deps(), host);
    const file = await follow(hosted);
    expect(file.match(/DTSTART:.*/g)).toEqual(["DTSTART:20260901T100000Z", "DTSTART:20261201T100000Z"]);
    expect(file.match(/STATUS:.*/g)).toEqual(["STATUS:CANCELLED", "STATUS:CONFIRMED"]);
    expect(file).toContain("METHOD:PUBLISH");
    expect(file).not.toContain("ATTENDEE");
    expect(await follow(booked)).not.toContain("DTSTART");
    expect((await follow((await getFeeds(deps(), visitor)).caller)).match(/DTSTART:/g)).toHaveLength(2);
  });

  test("of nobody, and of accounts that have gone, are not found", async () => {
    for (const token of ["cal_x", "", "cal_".padEnd(47, "A")]) {
      await expect(getFeedFile(deps(), { token })).rejects.toMatchObject(notFound);
    }
    const host = await person("host");
    const { caller } = await getFeeds(deps(), host);
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [host.userId]);
    await expect(follow(caller)).rejects.toMatchObject(notFound);
  });

  test("that are reset have another address, and only that; the other party's stays", async () => {
    const host = await person("host");
    const before = await getFeeds(deps(), host);
    const after = await resetFeed(deps(), host, { party: "host" });
    expect(after.caller).toBe(before.caller);
    expect(after.host).not.toBe(before.host);
    await expect(follow(before.host)).rejects.toMatchObject(notFound);
    expect(await follow(after.host)).toContain("BEGIN:VCALENDAR");
    expect(await getFeeds(deps(), host)).toEqual(after);
  });

  test("may be reset before they were ever asked for, but the host's by hosts alone", async () => {
    const visitor = await person("verified_user");
    const { caller } = await resetFeed(deps(), visitor, { party: "caller" });
    expect(await follow(caller)).toContain("BEGIN:VCALENDAR");
    await expect(resetFeed(deps(), visitor, { party: "host" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
