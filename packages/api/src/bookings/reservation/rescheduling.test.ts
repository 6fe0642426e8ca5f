import type { BookableFacts } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostIn, jobsOf, placeAt, reservedBy, visitorIn } from "../../../test/bookings";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { createBookingStore } from "../store";
import { requestBooking, rescheduleBooking } from "./service";

let product: Product<Dependencies>;
let database: Dependencies["database"];

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
  ({ database } = product.deps);
});
afterAll(() => product.close());

const now = "2026-11-24T08:00:00Z";
const depsAt = (time = now) => ({ ...product.deps, clock: () => new Date(time) });

const person = () => visitorIn(database.pool);
const host = (facts?: BookableFacts) => hostIn(database.pool, facts);

describe("moving a booking", () => {
  const start = "2026-11-26T10:00:00Z";
  async function booked(facts: BookableFacts = {}) {
    const [ann, caller] = [await host(facts), await person()];
    return { ann, caller, booking: await requestBooking(depsAt(), caller, placeAt(ann, start)) };
  }

  test("takes the new place and gives the old one back", async () => {
    const { ann, caller, booking } = await booked({ maxPerDay: 1 });
    const moved = await rescheduleBooking(depsAt(), caller, { id: booking.id, start: "2026-11-26T14:00:00Z" });
    expect(moved).toEqual({
      ...booking,
      start: "2026-11-26T14:00:00.000Z",
      end: "2026-11-26T14:30:00.000Z",
      sequence: 1,
    });
    expect(await createBookingStore(database).find(ann.userId, booking.id)).toEqual(moved);
    expect(await reservedBy(database.pool, booking.id)).toHaveLength(2);
    expect(await jobsOf(product.deps, booking.id, now)).toMatchObject([
      { task: "notifications.tellOfBooking", event: "confirmed", sequence: 0 },
      { task: "notifications.remind", key: `remind:${booking.id}:24h`, runAt: "2026-11-25T14:00:00.000Z" },
      { task: "notifications.remind", key: `remind:${booking.id}:15m`, runAt: "2026-11-26T13:45:00.000Z" },
      { task: "notifications.tellOfBooking", event: "rescheduled", sequence: 1 },
    ]);
  });

  test("may overlap where it was", async () => {
    const { ann, caller, booking } = await booked({ stepMinutes: 15, bufferBeforeMinutes: 15 });
    for (const [actor, to] of [
      [caller, "2026-11-26T10:15:00Z"],
      [ann, "2026-11-26T09:45:00Z"],
    ] as const) {
      expect(await rescheduleBooking(depsAt(), actor, { id: booking.id, start: to })).toMatchObject({
        status: "confirmed",
      });
    }
  });

  test("asks the host again where the host wants to consent and the caller moves it", async () => {
    const { ann, caller, booking } = await booked();
    await database.pool.query("UPDATE booking_rules SET requires_consent = true WHERE host_id = $1", [ann.userId]);
    const byHost = await rescheduleBooking(depsAt(), ann, { id: booking.id, start: "2026-11-26T14:00:00Z" });
    expect(byHost.status).toBe("confirmed");
    const byCaller = await rescheduleBooking(depsAt(), caller, { id: booking.id, start: "2026-11-26T15:00:00Z" });
    expect(byCaller).toMatchObject({ status: "requested", sequence: 2 });
    const reminders = (await jobsOf(product.deps, booking.id, now)).filter(
      ({ task }) => task === "notifications.remind",
    );
    expect(reminders).toEqual([]);
  });

  test("works for a length that the host has ceased to offer", async () => {
    const { ann, caller, booking } = await booked();
    await database.pool.query("UPDATE booking_rules SET durations_minutes = '{60}' WHERE host_id = $1", [ann.userId]);
    const moved = await rescheduleBooking(depsAt(), caller, { id: booking.id, start: "2026-11-26T14:00:00Z" });
    expect(moved.durationMinutes).toBe(30);
  });

  test("is refused for a place that is not open, and leaves the booking where it is", async () => {
    const { ann, caller, booking } = await booked();
    await requestBooking(depsAt(), await person(), placeAt(ann, "2026-11-26T14:00:00Z"));
    const to = { id: booking.id, start: "2026-11-26T14:00:00Z" };
    await expect(rescheduleBooking(depsAt(), caller, to)).rejects.toMatchObject({
      code: "conflict",
      details: { start: expect.stringContaining("the next openings are 2026-11-26T14:30:00Z, ") },
    });
    expect(await createBookingStore(database).find(caller.userId, booking.id)).toEqual(booking);
    expect(await reservedBy(database.pool, booking.id)).toHaveLength(2);
  });

  test("is refused to a time at which the caller has something else, whoever moves it", async () => {
    const { ann, caller, booking } = await booked();
    await requestBooking(depsAt(), caller, placeAt(await host(), "2026-11-26T14:00:00Z"));
    const to = { id: booking.id, start: "2026-11-26T14:00:00Z" };
    await expect(rescheduleBooking(depsAt(), caller, to)).rejects.toMatchObject({
      details: { start: "overlaps another booking of yours" },
    });
    await expect(rescheduleBooking(depsAt(), ann, to)).rejects.toMatchObject({
      code: "conflict",
      details: { start: "is when the caller has something else" },
    });
  });

  test("is refused into the past, to where it is, after its start, and once it has ended", async () => {
    const { caller, booking } = await booked();
    const { id } = booking;
    const move = (to: string, time?: string) => rescheduleBooking(depsAt(time), caller, { id, start: to });
    await expect(move("2026-11-24T08:00:00Z")).rejects.toMatchObject({ details: { start: "must lie in the future" } });
    await expect(move(start)).rejects.toMatchObject({ details: { start: "is when it begins already" } });
    await expect(move("2026-11-27T10:00:00Z", start)).rejects.toMatchObject({ code: "conflict", details: null });
    await database.pool.query("UPDATE bookings SET status = 'cancelled', ended_by = 'host' WHERE id = $1", [id]);
    await expect(move("2026-11-27T10:00:00Z")).rejects.toMatchObject({ code: "conflict", details: null });
  });

  test("is nobody else's", async () => {
    const { booking } = await booked();
    const to = "2026-11-27T10:00:00Z";
    for (const id of [booking.id, uuidv7()]) {
      await expect(rescheduleBooking(depsAt(), await person(), { id, start: to })).rejects.toMatchObject({
        code: "not_found",
        message: "Booking not found",
      });
    }
  });
});
