import { createAuth } from "@parley/auth";
import { readBusyTimes } from "@parley/calendar-file/busy-times";
import { CalendarFileError } from "@parley/calendar-file/error";
import { type Database, openDatabase } from "@parley/db";
import { createRemoteFetch, type RemoteFetchOptions } from "@parley/remote-fetch";
import { RemoteFetchError } from "@parley/remote-fetch/error";
import { freshDatabase } from "@parley/testing";
import { type CalendarServer, calendarOf, startCalendarServer } from "@parley/testing/calendar-server";
import { actorFor, createUser } from "@parley/testing/factories";
import { runDueJobs } from "@parley/testing/run-jobs";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { calendarJobs } from "../jobs";
import {
  addExternalCalendar,
  listExternalCalendars,
  refreshCalendar,
  refreshExternalCalendar,
  removeExternalCalendar,
} from "./service";
import { createExternalCalendarStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let server: CalendarServer;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  server = await startCalendarServer(0);
});
afterAll(async () => {
  await server.close();
  await database.close();
  await fresh.close();
});
beforeEach(() => {
  server.content = calendarOf(["2026-11-27T10:00:00Z", "2026-11-27T11:00:00Z"]);
});

const start = "2026-11-24T08:00:00.000Z";
const later = (hours: number) => new Date(Date.parse(start) + hours * 3_600_000).toISOString();

/** Loopback stands for the internet here, where a test does not say otherwise. */
function deps(now = start, fetching: RemoteFetchOptions = { isAllowed: () => true }) {
  const { pool, changes } = database;
  return {
    auth: createAuth({ pool, changes, secret: "a secret of at least 32 characters", issuer: "test", audience: "test" }),
    externalCalendars: createExternalCalendarStore(database),
    remoteFetch: createRemoteFetch(fetching),
    remoteFetchProblem: (error: unknown) => (error instanceof RemoteFetchError ? error.message : null),
    readBusyTimes,
    calendarFileProblem: (error: unknown) => (error instanceof CalendarFileError ? error.message : null),
    clock: () => new Date(now),
  };
}

const person = async () => actorFor(await createUser(database.pool));
const add = (actor: Awaited<ReturnType<typeof person>>, url = server.url, name = "Work") =>
  addExternalCalendar(deps(), actor, { name, url });
const busyOf = async ({ userId }: { userId: string }) => {
  const { rows } = await database.pool.query<{ busy: string }>(
    `SELECT to_char(lower(during) AT TIME ZONE 'UTC', 'MM-DD HH24:MI') || ' to ' ||
       to_char(upper(during) AT TIME ZONE 'UTC', 'MM-DD HH24:MI') AS busy
     FROM external_busy_times WHERE user_id = $1 ORDER BY lower(during)`,
    [userId],
  );
  return rows.map(({ busy }) => busy);
};
const keepHoursIn = (userId: string, timezone: string) =>
  database.pool.query(
    `INSERT INTO schedules (id, user_id, timezone) VALUES (uuidv7(), $1, $2)
     ON CONFLICT (user_id) DO UPDATE SET timezone = EXCLUDED.timezone`,
    [userId, timezone],
  );

describe("a calendar that is added", () => {
  test("counts at once, and does not show its address again", async () => {
    const actor = await person();
    const calendar = await add(actor);
    expect(calendar).toEqual({
      id: calendar.id,
      name: "Work",
      host: "127.0.0.1",
      fetchedAt: start,
      failedAt: null,
      failure: null,
      createdAt: expect.any(String),
    });
    expect(await listExternalCalendars(deps(), actor)).toEqual({ calendars: [calendar] });
    expect(await busyOf(actor)).toEqual(["11-27 10:00 to 11-27 11:00"]);
    const { rows } = await database.pool.query("SELECT * FROM external_calendars WHERE id = $1", [calendar.id]);
    expect(rows[0].sealed_url.toString()).not.toContain("calendar.ics");
  });

  test("counts for the day before to 400 days ahead; dates are those of its owner's zone; our own bookings do not", async () => {
    const actor = await person();
    await keepHoursIn(actor.userId, "America/New_York");
    server.content = calendarOf(
      ["2026-11-22T00:00:00Z", "2026-11-23T10:00:00Z"],
      ["2027-12-29T00:00:00Z", "2028-06-01T00:00:00Z"],
    )
      .replace("END:VCALENDAR", "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261201\r\nEND:VEVENT\r\nEND:VCALENDAR")
      .replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:1@parley\r\nDTSTART:20261202T100000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR",
      );
    await add(actor);
    expect(await busyOf(actor)).toEqual([
      "11-23 08:00 to 11-23 10:00",
      "12-01 05:00 to 12-02 05:00",
      "12-29 00:00 to 12-29 08:00",
    ]);
  });

  test.each([
    ["<html>Sign in</html>", "does not hold a calendar file"],
    [
      calendarOf(["2026-11-27T10:00:00Z", "2026-11-27T11:00:00Z"]).replace("END:VCALENDAR", ""),
      "holds a calendar file that is damaged or incomplete",
    ],
    ["x".repeat(2 * 1024 * 1024 + 1), "answers with more than can be taken"],
    [404, "answers with status 404 instead of a calendar"],
    [304, "answers with status 304 instead of a calendar"],
  ])("but cannot be read is refused, naming its address (%#)", async (content, message) => {
    server.content = content;
    const actor = await person();
    await expect(add(actor)).rejects.toMatchObject({ code: "validation_error", details: { url: message } });
    expect(await listExternalCalendars(deps(), actor)).toEqual({ calendars: [] });
  });

  test.each([
    ["calendar.ics", "must be an http or https address"],
    ["file:///etc/passwd", "must be an http or https address"],
    ["https://ann:secret@calendar.test/a.ics", "must not hold a user name or password"],
  ])("under %s is refused", async (url, message) => {
    await expect(add(await person(), url)).rejects.toMatchObject({
      code: "validation_error",
      details: { url: message },
    });
  });

  test("from a private address is refused, and nothing is asked there", async () => {
    const actor = await person();
    const before = server.requests.length;
    for (const url of [server.url, server.url.replace("http://127.0.0.1", "webcal://localhost")]) {
      const adding = addExternalCalendar(deps(start, {}), actor, { name: "Work", url });
      await expect(adding).rejects.toMatchObject({
        code: "validation_error",
        details: { url: "must lead to a public address of the internet" },
      });
    }
    expect(server.requests).toHaveLength(before);
  });

  test("is one of five, also where six come at once, and none of them twice", async () => {
    const actor = await person();
    await add(actor);
    await expect(add(actor, server.url.replace("http:", "HTTP:"))).rejects.toMatchObject({
      code: "conflict",
      details: { url: "is one of your calendars already" },
    });
    const settled = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => add(actor, `${server.url}?${index}`)),
    );
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(2);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "conflict" });
    expect((await listExternalCalendars(deps(), actor)).calendars).toHaveLength(5);
    expect(await add(await person())).toMatchObject({ name: "Work" });
  });
});

describe("a refresh", () => {
  test("replaces what was busy", async () => {
    const actor = await person();
    const { id } = await add(actor);
    server.content = calendarOf(["2026-11-28T10:00:00Z", "2026-11-28T11:00:00Z"]);
    expect(await refreshExternalCalendar(deps(later(1)), actor, { id })).toMatchObject({
      fetchedAt: later(1),
      failure: null,
    });
    expect(await busyOf(actor)).toEqual(["11-28 10:00 to 11-28 11:00"]);
  });

  test("that fails says so and keeps the last good copy, until one succeeds", async () => {
    const actor = await person();
    const { id } = await add(actor);
    for (const [content, failure] of [
      [500, "answers with status 500 instead of a calendar"],
      ["<html>", "does not hold a calendar file"],
    ] as const) {
      server.content = content;
      expect(await refreshExternalCalendar(deps(later(1)), actor, { id })).toMatchObject({
        ...{ fetchedAt: start, failedAt: later(1), failure },
      });
      expect(await busyOf(actor)).toEqual(["11-27 10:00 to 11-27 11:00"]);
    }
    server.content = calendarOf();
    expect(await refreshExternalCalendar(deps(later(2)), actor, { id })).toMatchObject({
      ...{ fetchedAt: later(2), failedAt: null, failure: null },
    });
    expect(await busyOf(actor)).toEqual([]);
  });

  test("asks only whether a calendar has changed, but reads it again each day, and for another zone", async () => {
    const actor = await person();
    server.content = calendarOf().replace(
      "END:VCALENDAR",
      "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261201\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    const { id } = await add(actor);
    const refresh = async (now: string) => {
      await refreshCalendar(deps(now), { calendarId: id });
      return server.requests.at(-1)?.["if-none-match"] !== undefined;
    };
    expect(await refresh(later(1))).toBe(true);
    expect((await listExternalCalendars(deps(), actor)).calendars[0]).toMatchObject({ fetchedAt: later(1) });
    expect(await busyOf(actor)).toEqual(["12-01 00:00 to 12-02 00:00"]);
    await keepHoursIn(actor.userId, "Asia/Tokyo");
    expect(await refresh(later(2))).toBe(false);
    expect(await busyOf(actor)).toEqual(["11-30 15:00 to 12-01 15:00"]);
    expect(await refresh(later(3))).toBe(true);
    expect(await refresh(later(27))).toBe(false);
  });

  test("of a calendar that is removed meanwhile leaves nothing", async () => {
    const actor = await person();
    const { id } = await add(actor);
    await removeExternalCalendar(deps(), actor, { id });
    const { externalCalendars } = deps();
    const reading = { busyTimes: [{ start: 0, end: 1 }], timezone: "UTC", etag: null, readAt: new Date(start) };
    await externalCalendars.saveReading(id, reading);
    await externalCalendars.saveFailure(id, "could not be reached", new Date(start));
    await refreshCalendar(deps(), { calendarId: id });
    expect(await busyOf(actor)).toEqual([]);
  });
});

describe("another's calendar", () => {
  test("is not found, nor is one that never was", async () => {
    const [ann, bob] = [await person(), await person()];
    const { id } = await add(ann);
    const missing = { code: "not_found", message: "Calendar not found" };
    for (const [actor, which] of [
      [bob, id],
      [ann, uuidv7()],
    ] as const) {
      await expect(removeExternalCalendar(deps(), actor, { id: which })).rejects.toMatchObject(missing);
      await expect(refreshExternalCalendar(deps(), actor, { id: which })).rejects.toMatchObject(missing);
    }
    await removeExternalCalendar(deps(), ann, { id });
    expect(await listExternalCalendars(deps(), ann)).toEqual({ calendars: [] });
    expect(await busyOf(ann)).toEqual([]);
  });
});

describe("the job", () => {
  test("refreshes every quarter of an hour what is due, also what failed, and each once", async () => {
    await database.pool.query("DELETE FROM external_calendars");
    const [ann, bob, cay] = [await person(), await person(), await person()];
    for (const actor of [ann, bob, cay]) await add(actor);
    const at = async (now: string) => {
      const before = server.requests.length;
      const tasks = calendarJobs(deps(now));
      await tasks["calendars.orderRefreshes"]();
      await tasks["calendars.orderRefreshes"]();
      await runDueJobs(database.pool, tasks);
      return server.requests.length - before;
    };
    expect(await at(later(0.2))).toBe(0);
    server.content = 500;
    expect(await at(later(0.25))).toBe(3);
    expect(await at(later(0.3))).toBe(0);
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [cay.userId]);
    expect(await at(later(0.5))).toBe(2);
    expect((await listExternalCalendars(deps(), bob)).calendars[0]).toMatchObject({
      fetchedAt: start,
      failedAt: later(0.5),
    });
  });
});
