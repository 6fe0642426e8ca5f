import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@parley/db";
import { inTransaction } from "@parley/db/transaction";
import { freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultBookingRules } from "../booking-rules/rules";
import { createBookingRulesStore } from "../booking-rules/store";
import { createOverrideStore } from "../overrides/store";
import { createScheduleStore } from "../store";
import { createOpeningStore } from "./store";

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

const at = (text: string) => Date.parse(text);
const period = { from: at("2026-11-23T00:00:00Z"), to: at("2026-11-30T00:00:00Z"), now: at("2026-11-22T12:00:00Z") };

async function reserve(
  userId: string,
  from: string,
  to: string,
  facts: { hostedFrom?: string; expiresAt?: string } = {},
) {
  const id = randomUUID();
  const column = facts.expiresAt === undefined ? "booking_id" : "hold_id";
  if (facts.expiresAt === undefined) {
    const caller = await createUser(database.pool);
    await database.pool.query(
      `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
       VALUES ($1, $2, $3, 'confirmed', $4, $5, 250, 7500)`,
      [id, userId, caller.id, from, to],
    );
  } else {
    await database.pool.query(
      "INSERT INTO holds (id, host_id, starts_at, ends_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
      [id, userId, from, to, facts.expiresAt],
    );
  }
  await database.pool.query(
    `INSERT INTO reserved_times (id, user_id, during, hosted_from, ${column}, expires_at)
     VALUES (gen_random_uuid(), $1, tstzrange($2, $3), $4, $5, $6)`,
    [userId, from, to, facts.hostedFrom ?? null, id, facts.expiresAt ?? null],
  );
}

async function keepBusy(userId: string, from: string, to: string) {
  const calendarId = randomUUID();
  await database.pool.query(
    "INSERT INTO external_calendars (id, user_id, name, sealed_url, url_hash) VALUES ($1, $2, 'Work', '', $3)",
    [calendarId, userId, Buffer.from(calendarId)],
  );
  await database.pool.query(
    `INSERT INTO external_busy_times (id, calendar_id, user_id, during)
     VALUES (gen_random_uuid(), $1, $2, tstzrange($3, $4))`,
    [calendarId, userId, from, to],
  );
}

const host = () => createUser(database.pool, { role: "host" });

describe("what decides when a host can be booked", () => {
  test("is nothing but the rules of everybody for one who has said nothing", async () => {
    const { id } = await host();
    expect(await createOpeningStore(database).findSchedule(id, period)).toEqual({
      timezone: "UTC",
      weeklySlots: [],
      overrides: [],
      rules: defaultBookingRules,
      taken: [],
      hostedStarts: [],
    });
    expect(await createOpeningStore(database).findSchedule(randomUUID(), period)).toBeNull();
  });

  test("is hours, dates, rules, and all that is taken in the time asked about", async () => {
    const { id } = await host();
    const slot = { dayOfWeek: 1, startMinute: 540, endMinute: 1020 };
    await createScheduleStore(database).replaceWeek(id, { timezone: "Europe/Berlin", slots: [slot] });
    const overrides = createOverrideStore(database);
    await overrides.replace(id, ["2026-11-24"], [{ startMinute: 600, endMinute: 660 }]);
    await overrides.replace(id, ["2026-11-25", "2027-11-25"], []);
    const rules = { ...defaultBookingRules, durationsMinutes: [30], maxPerDay: 3, windowDays: 20 };
    await createBookingRulesStore(database).save(id, rules);
    await reserve(id, "2026-11-23T08:50:00Z", "2026-11-23T09:40:00Z", { hostedFrom: "2026-11-23T09:00:00Z" });
    await reserve(id, "2026-11-24T09:00:00Z", "2026-11-24T09:30:00Z");
    await reserve(id, "2027-01-24T09:00:00Z", "2027-01-24T09:30:00Z");
    await keepBusy(id, "2026-11-26T09:00:00Z", "2026-11-26T10:00:00Z");
    await keepBusy(id, "2027-11-26T09:00:00Z", "2027-11-26T10:00:00Z");

    const found = await createOpeningStore(database).findSchedule(id, period);
    expect(found).toMatchObject({ timezone: "Europe/Berlin", weeklySlots: [slot], rules });
    expect(found?.overrides.toSorted((a, b) => a.date.localeCompare(b.date))).toEqual([
      { date: "2026-11-24", slots: [{ startMinute: 600, endMinute: 660 }] },
      { date: "2026-11-25", slots: [] },
    ]);
    expect(found?.taken.toSorted((a, b) => a.start - b.start)).toEqual([
      { start: at("2026-11-23T08:50:00Z"), end: at("2026-11-23T09:40:00Z") },
      { start: at("2026-11-24T09:00:00Z"), end: at("2026-11-24T09:30:00Z") },
      { start: at("2026-11-26T09:00:00Z"), end: at("2026-11-26T10:00:00Z") },
    ]);
    expect(found?.hostedStarts).toEqual([at("2026-11-23T09:00:00Z")]);
  });

  test("counts a hold until it has run out", async () => {
    const { id } = await host();
    const hostedFrom = "2026-11-23T09:00:00Z";
    await reserve(id, hostedFrom, "2026-11-23T09:30:00Z", { hostedFrom, expiresAt: "2026-11-22T12:05:00Z" });
    const store = createOpeningStore(database);
    const takenAt = async (now: string) => (await store.findSchedule(id, { ...period, now: at(now) }))?.taken.length;
    expect(await takenAt("2026-11-22T12:04:59Z")).toBe(1);
    expect(await takenAt("2026-11-22T12:05:00Z")).toBe(0);
  });

  test("is seen by a transaction as it has made it", async () => {
    const { id } = await host();
    await inTransaction(database.pool, async (connection) => {
      await connection.query(
        "INSERT INTO schedules (id, user_id, timezone) VALUES (gen_random_uuid(), $1, 'Asia/Tokyo')",
        [id],
      );
      const store = createOpeningStore(database);
      expect(await store.findSchedule(id, period, connection)).toMatchObject({ timezone: "Asia/Tokyo" });
      expect(await store.findSchedule(id, period)).toMatchObject({ timezone: "UTC" });
    });
  });

  test("can be asked for at any time that there is", async () => {
    const { id } = await host();
    for (const time of ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]) {
      const asked = { from: at(time), to: at(time) + 1, now: period.now };
      expect(await createOpeningStore(database).findSchedule(id, asked)).toMatchObject({ taken: [] });
    }
  });

  test("comes in one statement, for a day as for two months, for one host as for many", async () => {
    for (let count = 0; count < 3; count += 1) {
      const { id } = await host();
      await createScheduleStore(database).replaceWeek(id, { timezone: "UTC", slots: [] });
    }
    // A statement outside a transaction takes a connection for itself.
    let statements = 0;
    const count = () => {
      statements += 1;
    };
    database.pool.on("acquire", count);
    const store = createOpeningStore(database);
    const twoMonths = { ...period, to: period.from + 62 * 24 * 60 * 60_000 };
    for (const asked of [period, twoMonths]) {
      statements = 0;
      expect((await store.listHosts(asked, 100)).length).toBeGreaterThanOrEqual(3);
      expect(statements).toBe(1);
    }
    database.pool.off("acquire", count);
  });
});
