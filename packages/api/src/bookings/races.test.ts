import { describe, expect, test } from "vitest";
import { placeAt, successes, useBookingRaces } from "../../test/booking-races";
import { holdPlace, releaseHold } from "./holds/service";
import { requestBooking } from "./reservation/service";

/** All that want the same place at the same time, on a real PostgreSQL. Source: issue "Schedules", Correctness. */

const races = useBookingRaces();
const { host, people, person } = races;

describe("of 50 at the same time,", () => {
  test("one gets the place, and the others are told of openings that are left", async () => {
    const ann = await host();
    const attempts = (await people(50)).map((caller) => requestBooking(races.deps, caller, placeAt(ann, "10:00")));
    expect(await successes(attempts, "conflict")).toBe(1);
    const [lost] = (await Promise.allSettled(attempts)).flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    expect(lost.details.start).toContain("2026-11-26T10:30:00Z");
  });

  test("one gets one of several places that overlap", async () => {
    const ann = await host({ stepMinutes: 5, durationsMinutes: [30, 60] });
    const attempts = (await people(50)).map((caller, index) =>
      requestBooking(
        races.deps,
        caller,
        placeAt(ann, `10:${String((index % 6) * 5).padStart(2, "0")}`, 30 + 30 * (index % 2)),
      ),
    );
    expect(await successes(attempts, "conflict")).toBe(1);
  });

  test("one gets one of two places that only buffers keep apart", async () => {
    const ann = await host({ bufferBeforeMinutes: 15, bufferAfterMinutes: 15 });
    const attempts = (await people(50)).map((caller, index) =>
      requestBooking(races.deps, caller, placeAt(ann, index % 2 === 0 ? "10:00" : "10:30")),
    );
    expect(await successes(attempts, "conflict")).toBe(1);
  });

  test("as many get a place on a day as its host wants", async () => {
    const ann = await host({ maxPerDay: 3 });
    const attempts = (await people(48)).map((caller, index) =>
      requestBooking(
        races.deps,
        caller,
        placeAt(ann, `${String(index >> 1).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`),
      ),
    );
    expect(await successes(attempts, "conflict")).toBe(3);
  });

  test("one holds the place", async () => {
    const ann = await host();
    const attempts = (await people(50)).map((caller) => holdPlace(races.deps, caller, null, placeAt(ann, "10:00")));
    expect(await successes(attempts, "conflict")).toBe(1);
  });
});

describe("one person", () => {
  test("gets one of two hosts at the same time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, bob, caller] = [await host(), await host(), await person()];
      const attempts = [ann, bob].map((one) => requestBooking(races.deps, caller, placeAt(one, "10:00")));
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("gets one of 20 hosts at the same time", async () => {
    const caller = await person();
    const hosts = await Promise.all(Array.from({ length: 20 }, () => host()));
    const attempts = hosts.map((one) => requestBooking(races.deps, caller, placeAt(one, "10:00")));
    expect(await successes(attempts, "conflict")).toBe(1);
  });

  test("keeps three places, however many they ask for at once", async () => {
    const hosts = await Promise.all(Array.from({ length: 12 }, () => host()));
    const caller = await person();
    const own = hosts.map((one) => holdPlace(races.deps, caller, null, placeAt(one, "10:00")));
    expect(await successes(own, "rate_limited")).toBe(3);
    const client = { address: "192.0.2.7", userAgent: null };
    const unknown = hosts.map((one) => holdPlace(races.deps, null, client, placeAt(one, "12:00")));
    expect(await successes(unknown, "rate_limited")).toBe(3);
  });

  test("keeps one place of a host, however many they ask for at once", async () => {
    const [ann, caller] = [await host(), await person()];
    const times = ["10:00", "10:30", "11:00", "11:30", "12:00"];
    const attempts = times.map((time) => holdPlace(races.deps, caller, null, placeAt(ann, time)));
    expect(await successes(attempts)).toBe(5);
    const { rowCount } = await races.database.pool.query("SELECT FROM holds WHERE host_id = $1", [ann.userId]);
    expect(rowCount).toBe(1);
  });
});

test("two hosts who book each other crosswise wait for one another, and one of them has it", async () => {
  for (let round = 0; round < 20; round += 1) {
    const [ann, bob] = [await host(), await host()];
    const attempts = [
      requestBooking(races.deps, ann, placeAt(bob, "10:00")),
      requestBooking(races.deps, bob, placeAt(ann, "10:00")),
    ];
    expect(await successes(attempts, "conflict")).toBe(1);
  }
});

test("many who book one another in a ring come to an end, each with both or neither of their times", async () => {
  const ring = await Promise.all(Array.from({ length: 12 }, () => host()));
  const attempts = ring.map((one, index) =>
    requestBooking(races.deps, one, placeAt(ring[(index + 1) % 12] ?? one, "10:00")),
  );
  expect(await successes(attempts, "conflict")).toBeGreaterThanOrEqual(4);
});

describe("a hold and a booking", () => {
  test("of the same place: one of them has it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, holder, caller] = [await host(), await person(), await person()];
      const attempts = [
        holdPlace(races.deps, holder, null, placeAt(ann, "10:00")),
        requestBooking(races.deps, caller, placeAt(ann, "10:00")),
      ];
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("that two want to consume: one booking comes of it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, first, second] = [await host(), await person(), await person()];
      const client = { address: `198.51.100.${round}`, userAgent: null };
      const { id: holdId } = await holdPlace(races.deps, null, client, placeAt(ann, "10:00"));
      const attempts = [first, second].map((one) =>
        requestBooking(races.deps, one, { ...placeAt(ann, "10:00"), holdId }),
      );
      expect(await successes(attempts, "conflict")).toBe(1);
    }
  });

  test("that is given back meanwhile: the booking stands, and nobody else's does", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ann, caller, other] = [await host(), await person(), await person()];
      const { id: holdId } = await holdPlace(races.deps, caller, null, placeAt(ann, "10:00"));
      const [booked] = await Promise.allSettled([
        successes(
          [
            requestBooking(races.deps, caller, { ...placeAt(ann, "10:00"), holdId }),
            requestBooking(races.deps, other, placeAt(ann, "10:00")),
          ],
          "conflict",
        ),
        releaseHold(races.deps, caller, { id: holdId }),
      ]);
      expect(booked).toEqual({ status: "fulfilled", value: 1 });
    }
  });
});
