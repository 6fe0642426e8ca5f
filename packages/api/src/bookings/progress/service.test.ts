import { actorFor, type BookableFacts, createBookableHost, createUser } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { bookingJobs } from "../jobs";
import { requestBooking } from "../reservation/service";
import { getBooking } from "../service";
import { acceptBooking, cancelBooking, completeBooking, declineBooking, markNoShow } from "./service";

let product: Product<Dependencies>;
let database: Dependencies["database"];

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
  ({ database } = product.deps);
});
afterAll(() => product.close());

const now = "2026-11-24T08:00:00Z";
const start = "2026-11-26T10:00:00Z";
const end = "2026-11-26T10:30:00Z";

const depsAt = (time = now) => ({ ...product.deps, clock: () => new Date(time) });

const person = async () => actorFor(await createUser(database.pool, { role: "verified_user" }));

async function booked(facts: BookableFacts = {}) {
  const [host, caller] = [await createBookableHost(database.pool, facts), await person()];
  const place = { hostUsername: host.username ?? "", start, durationMinutes: 30 };
  const booking = await requestBooking(depsAt(), caller, place);
  return { host: actorFor(host), caller, place, booking, id: booking.id };
}
const requested = () => booked({ requiresConsent: true });

async function newsOf(id: string) {
  await depsAt().bookingNotices.announce(new Date(now));
  const { rows } = await database.pool.query(
    `SELECT concat_ws(' ', payload->>'event', payload->>'sequence', payload->>'kind') AS news
     FROM graphile_worker._private_jobs WHERE payload->>'bookingId' = $1 ORDER BY id`,
    [id],
  );
  return rows.map(({ news }) => news);
}

/** Whether somebody else can have the place. */
async function isFree(place: Parameters<typeof requestBooking>[2]): Promise<boolean> {
  const attempt = requestBooking(depsAt(), await person(), place);
  return attempt.then(
    () => true,
    () => false,
  );
}

describe("accepting", () => {
  test("confirms what was requested, tells both sides and orders reminders", async () => {
    const { host, caller, booking, id, place } = await requested();
    const accepted = await acceptBooking(depsAt(), host, { id });
    expect(accepted).toEqual({ ...booking, status: "confirmed", sequence: 1 });
    expect(await getBooking(depsAt(), caller, { id })).toEqual(accepted);
    expect(await newsOf(id)).toEqual(["requested 0", "24h", "15m", "confirmed 1"]);
    expect(await isFree(place)).toBe(false);
  });

  test("is the host's alone, before the start, and once", async () => {
    const { host, caller, id } = await requested();
    await expect(acceptBooking(depsAt(), caller, { id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(acceptBooking(depsAt(start), host, { id })).rejects.toMatchObject({
      code: "conflict",
      message: "A booking can be accepted only before its start",
    });
    await acceptBooking(depsAt(), host, { id });
    await expect(acceptBooking(depsAt(), host, { id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("declining", () => {
  test("ends what was requested, with a reason, and frees its time", async () => {
    const { host, booking, id, place } = await requested();
    const declined = await declineBooking(depsAt(), host, { id, reason: "On holiday" });
    expect(declined).toEqual({ ...booking, status: "declined", endedBy: "host", reason: "On holiday", sequence: 1 });
    expect(await getBooking(depsAt(), host, { id })).toEqual(declined);
    expect(await newsOf(id)).toEqual(["requested 0", "declined 1"]);
    expect(await isFree(place)).toBe(true);
  });

  test("is the host's alone, and not for what is confirmed", async () => {
    const { host, caller, id } = await requested();
    await expect(declineBooking(depsAt(), caller, { id })).rejects.toMatchObject({ code: "forbidden" });
    await acceptBooking(depsAt(), host, { id });
    await expect(declineBooking(depsAt(), host, { id })).rejects.toMatchObject({
      code: "conflict",
      message: "A booking that is confirmed cannot be declined",
    });
  });
});

describe("cancelling", () => {
  test.each(["host", "caller"] as const)(
    "by the %s ends it, frees its time and takes its reminders back",
    async (party) => {
      const { booking, id, place, ...people } = await booked();
      const cancelled = await cancelBooking(depsAt(), people[party], { id, reason: "Ill" });
      expect(cancelled).toEqual({ ...booking, status: "cancelled", endedBy: party, reason: "Ill", sequence: 1 });
      expect(await getBooking(depsAt(), people.host, { id })).toEqual(cancelled);
      expect(await newsOf(id)).toEqual(["confirmed 0", "cancelled 1"]);
      expect(await isFree(place)).toBe(true);
    },
  );

  test("frees the caller's time too", async () => {
    const { caller, id } = await booked();
    const other = await createBookableHost(database.pool);
    const place = { hostUsername: other.username ?? "", start, durationMinutes: 30 };
    await expect(requestBooking(depsAt(), caller, place)).rejects.toMatchObject({ code: "conflict" });
    await cancelBooking(depsAt(), caller, { id });
    await requestBooking(depsAt(), caller, place);
  });

  test("needs no reason, works until the end, and once", async () => {
    const { caller, id } = await booked();
    await expect(cancelBooking(depsAt(end), caller, { id })).rejects.toMatchObject({ code: "conflict" });
    const justBefore = "2026-11-26T10:29:59.999Z";
    expect(await cancelBooking(depsAt(justBefore), caller, { id })).toMatchObject({ reason: null });
    await expect(cancelBooking(depsAt(), caller, { id })).rejects.toMatchObject({
      code: "conflict",
      message: "A booking that is cancelled cannot be cancelled",
    });
  });
});

describe("what became of it", () => {
  test.each([
    ["took place", completeBooking, "completed"],
    ["was missed by its caller", markNoShow, "no_show"],
  ] as const)("%s, says the host once it has begun", async (_, say, status) => {
    const { host, caller, booking, id } = await booked();
    await expect(say(depsAt(), host, { id })).rejects.toMatchObject({ code: "conflict" });
    await expect(say(depsAt(start), caller, { id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await say(depsAt(start), host, { id })).toEqual({ ...booking, status });
    await expect(say(depsAt(start), host, { id })).rejects.toMatchObject({ code: "conflict" });
    expect((await newsOf(id))[0]).toBe("confirmed 0");
    expect(await newsOf(id)).not.toContain("cancelled 1");
  });

  test("keeps counting among the most that a host wants a day", async () => {
    const { host, id, place } = await booked({ maxPerDay: 1 });
    await completeBooking(depsAt(start), host, { id });
    const evening = { ...place, start: "2026-11-26T20:00:00Z" };
    await expect(requestBooking(depsAt(end), await person(), evening)).rejects.toMatchObject({ code: "conflict" });
  });
});

test("nobody else finds it, whatever they want of it", async () => {
  const { id } = await requested();
  const other = await person();
  for (const attempt of [acceptBooking, declineBooking, cancelBooking, completeBooking, markNoShow]) {
    for (const one of [id, uuidv7()]) {
      await expect(attempt(depsAt(start), other, { id: one })).rejects.toMatchObject({
        code: "not_found",
        message: "Booking not found",
      });
    }
  }
});

describe("time itself", () => {
  const settleAt = (time: string) => bookingJobs(depsAt(time))["bookings.settle"]();

  test("lets a request that nobody accepted expire at its start, frees its time, and has both told of it once", async () => {
    const { caller, booking, id } = await requested();
    await settleAt("2026-11-26T09:59:59.999Z");
    expect(await getBooking(depsAt(), caller, { id })).toEqual(booking);
    await settleAt(start);
    expect(await getBooking(depsAt(), caller, { id })).toEqual({ ...booking, status: "expired", sequence: 1 });
    await settleAt(end);
    expect(await newsOf(id)).toEqual(["requested 0", "expired 1"]);
    const { rowCount } = await database.pool.query("SELECT FROM reserved_times WHERE booking_id = $1", [id]);
    expect(rowCount).toBe(0);
  });

  test("completes a confirmed booking twelve hours after its end, and no other", async () => {
    const [one, missed] = [await booked(), await booked()];
    await markNoShow(depsAt(end), missed.host, missed);
    await settleAt("2026-11-26T22:29:59.999Z");
    expect((await getBooking(depsAt(), one.caller, one)).status).toBe("confirmed");
    await settleAt("2026-11-26T22:30:00.000Z");
    await settleAt("2026-11-26T22:30:00.000Z");
    expect((await getBooking(depsAt(), one.caller, one)).status).toBe("completed");
    expect((await getBooking(depsAt(), missed.caller, missed)).status).toBe("no_show");
  });
});
