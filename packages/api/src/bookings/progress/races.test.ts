import { describe, expect, test } from "vitest";
import { placeAt, successes, useBookingRaces } from "../../../test/booking-races";
import { createNoticeStore } from "../notices/store";
import { requestBooking, rescheduleBooking } from "../reservation/service";
import { acceptBooking, cancelBooking, declineBooking } from "./service";

/** All that is done with one booking at the same time, on a real PostgreSQL. Source: issue "Schedules", Correctness. */

const races = useBookingRaces();
const { book, host, person } = races;

describe("moving", () => {
  test("to a place that somebody books: one of them has it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const ann = await host();
      const [{ caller, booking }, other] = [await book(ann), await person()];
      const attempts = [
        rescheduleBooking(races.deps, caller, { id: booking.id, start: "2026-11-26T14:00:00Z" }),
        requestBooking(races.deps, other, placeAt(ann, "14:00")),
      ];
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("two bookings to each other's places: none of them gets lost", async () => {
    for (let round = 0; round < 10; round += 1) {
      const ann = await host();
      const [one, two] = [await book(ann, "10:00"), await book(ann, "14:00")];
      const attempts = [
        rescheduleBooking(races.deps, one.caller, { id: one.booking.id, start: "2026-11-26T14:00:00Z" }),
        rescheduleBooking(races.deps, two.caller, { id: two.booking.id, start: "2026-11-26T10:00:00Z" }),
      ];
      expect(await successes(attempts, "conflict")).toBe(0);
    }
  });

  test("one booking to many places at once: it is in one of them, and each move counts", async () => {
    const ann = await host();
    const { caller, booking } = await book(ann);
    const times = ["12:00", "13:00", "14:00", "15:00", "16:00", "17:00"];
    const attempts = times.map((time, index) =>
      rescheduleBooking(races.deps, index % 2 === 0 ? caller : ann, {
        id: booking.id,
        start: `2026-11-26T${time}:00Z`,
      }),
    );
    expect(await successes(attempts)).toBe(6);
    expect(await races.deps.bookings.find(caller.userId, booking.id)).toMatchObject({ sequence: 6 });
  });

  test("while the other side cancels: it has ended, and takes nobody's time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const ann = await host();
      const { caller, booking } = await book(ann);
      const cancelled = cancelBooking(races.deps, ann, { id: booking.id });
      const moved = rescheduleBooking(races.deps, caller, { id: booking.id, start: "2026-11-26T14:00:00Z" });
      expect(await successes([moved], "conflict")).toBeLessThanOrEqual(1);
      await cancelled;
      expect(await races.deps.bookings.find(caller.userId, booking.id)).toMatchObject({ status: "cancelled" });
    }
  });
});

describe("a request", () => {
  const requested = async () => {
    const ann = await host({ requiresConsent: true });
    return { ann, ...(await book(ann)) };
  };
  const newsOf = async (id: string) => {
    await createNoticeStore(races.database).announce(new Date());
    const { rows } = await races.database.pool.query(
      "SELECT payload->>'event' AS event FROM graphile_worker._private_jobs WHERE payload->>'bookingId' = $1 AND payload->>'event' IS NOT NULL ORDER BY id",
      [id],
    );
    return rows.map(({ event }) => event);
  };

  test("is accepted once, however often its host says so at the same time", async () => {
    const { ann, booking } = await requested();
    const attempts = Array.from({ length: 10 }, () => acceptBooking(races.deps, ann, { id: booking.id }));
    expect(await successes(attempts, "conflict")).toBe(1);
    expect(await newsOf(booking.id)).toEqual(["requested", "confirmed"]);
  });

  test("is accepted or declined, never both", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ann, booking } = await requested();
      const attempts = [
        acceptBooking(races.deps, ann, { id: booking.id }),
        declineBooking(races.deps, ann, { id: booking.id }),
      ];
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("that its caller cancels while its host accepts is cancelled in the end", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ann, caller, booking } = await requested();
      const accepted = acceptBooking(races.deps, ann, { id: booking.id });
      const cancelled = cancelBooking(races.deps, caller, { id: booking.id });
      const times = await successes([accepted], "conflict");
      await cancelled;
      expect(await races.deps.bookings.find(ann.userId, booking.id)).toMatchObject({
        status: "cancelled",
        endedBy: "caller",
      });
      expect(await newsOf(booking.id)).toEqual(
        times === 1 ? ["requested", "confirmed", "cancelled"] : ["requested", "cancelled"],
      );
    }
  });

  test("that time lets expire while its host accepts is one or the other", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ann, booking } = await requested();
      const start = new Date(booking.start);
      const before = { ...races.deps, clock: () => new Date(start.getTime() - 1) };
      const [accepted] = await Promise.all([
        successes([acceptBooking(before, ann, { id: booking.id })], "conflict"),
        races.deps.bookingProgress.settle(start),
      ]);
      expect((await races.deps.bookings.find(ann.userId, booking.id))?.status).toBe(
        accepted === 1 ? "confirmed" : "expired",
      );
    }
  });
});
