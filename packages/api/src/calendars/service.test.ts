import { writeCalendar } from "@parley/calendar-file";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import ICAL from "ical.js";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookingInvite, getBookingFile } from "./service";
import { createCalendarStore } from "./store";

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

const deps = () => ({
  calendars: createCalendarStore(database),
  writeCalendar,
  mailSender: { name: "Parley", email: "hello@parley.example" },
  webLink: (pathname: string) => `https://parley.example${pathname}`,
});

async function booked(status = "confirmed") {
  const host = actorFor(await createUser(database.pool, { role: "host", displayName: 'Ann; the "Great", née Ü' }));
  const caller = actorFor(await createUser(database.pool, { role: "verified_user", displayName: "Bob" }));
  const id = uuidv7();
  await database.pool.query(
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, note, rate_cents, price_cents, sequence, ended_by)
     VALUES ($1, $2, $3, $4::text::booking_status, '2026-11-27T15:00Z', '2026-11-27T15:30Z', E'Two lines,\n"quoted"; and \\\\ more', 250, 7500, 2,
       CASE WHEN $4::text = 'cancelled' THEN 'host'::booking_party END)`,
    [id, host.userId, caller.userId, status],
  );
  return { id, host, caller };
}

/** As an independent reader has it. */
function read(content: string | Uint8Array) {
  const calendar = new ICAL.Component(ICAL.parse(Buffer.from(content as Uint8Array).toString()));
  const entry = calendar.getFirstSubcomponent("vevent");
  const value = (name: string) => entry?.getFirstPropertyValue(name);
  return {
    method: calendar.getFirstPropertyValue("method"),
    entries: calendar.getAllSubcomponents("vevent").length,
    text: (name: string) => String(value(name)),
    instant: (name: string) => (value(name) as ICAL.Time).toJSDate().toISOString(),
  };
}

describe("the file of a booking", () => {
  test("is the booking, as an independent reader has it, for either side", async () => {
    const { id, host, caller } = await booked();
    for (const [actor, other] of [
      [host, "Bob"],
      [caller, 'Ann; the "Great", née Ü'],
    ] as const) {
      const { bytes, contentType } = await getBookingFile(deps(), actor, { id });
      expect(contentType).toBe("text/calendar; charset=utf-8");
      const { method, entries, text, instant } = read(bytes);
      expect([method, entries, text("uid"), text("sequence")]).toEqual(["PUBLISH", 1, `${id}@parley`, "2"]);
      expect([instant("dtstart"), instant("dtend")]).toEqual(["2026-11-27T15:00:00.000Z", "2026-11-27T15:30:00.000Z"]);
      expect(text("summary")).toBe(`Conversation with ${other}`);
      expect(text("description")).toContain('Two lines,\n"quoted"; and \\ more');
      expect(text("url")).toBe(`https://parley.example/bookings/${id}`);
      expect(text("status")).toBe("CONFIRMED");
    }
  });

  test("shows that it was cancelled", async () => {
    const { id, caller } = await booked("cancelled");
    expect(read((await getBookingFile(deps(), caller, { id })).bytes).text("status")).toBe("CANCELLED");
  });

  test("is not found by others, nor where there is none", async () => {
    const { id } = await booked();
    const stranger = actorFor(await createUser(database.pool));
    const missing = { code: "not_found", message: "Booking not found" };
    await expect(getBookingFile(deps(), stranger, { id })).rejects.toMatchObject(missing);
    await expect(getBookingFile(deps(), stranger, { id: uuidv7() })).rejects.toMatchObject(missing);
  });
});

describe("an invitation", () => {
  test.each([
    ["confirmed", "REQUEST", "ACCEPTED"],
    ["requested", "REQUEST", "NEEDS-ACTION"],
    ["cancelled", "CANCEL", "NEEDS-ACTION"],
  ])("to what is %s is a %s", async (status, method, participation) => {
    const { id, host } = await booked(status);
    const found = await deps().calendars.findBooking(host.userId, id);
    if (found === null) throw new Error("there is no booking");
    const invite = bookingInvite(deps(), found.booking, { party: "host", name: "Ann", email: "ann@example.test" });
    expect(invite.contentType).toBe(`text/calendar; charset=utf-8; method=${method}`);
    expect(invite.filename).toMatch(/^[a-z]+\.ics$/);
    expect(read(invite.content).method).toBe(method);
    const lines = String(invite.content).replaceAll("\r\n ", "");
    expect(lines).toContain(`PARTSTAT=${participation}`);
    // Of the addresses, the reader's own and ours alone.
    expect(lines.match(/[\w.]+@[\w.]+\.\w+/g)?.sort()).toEqual(["ann@example.test", "hello@parley.example"]);
  });
});
