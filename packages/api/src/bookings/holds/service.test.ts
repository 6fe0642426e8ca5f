import type { BookableFacts } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Host, hostIn, placeAt as placeOf, visitorIn } from "../../../test/bookings";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { bookingJobs } from "../jobs";
import { requestBooking } from "../reservation/service";
import { holdPlace, releaseHold } from "./service";

let product: Product<Dependencies>;
let database: Dependencies["database"];

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
  ({ database } = product.deps);
});
afterAll(() => product.close());

const now = "2026-11-24T08:00:00.000Z";
const justBefore = "2026-11-24T08:04:59.999Z";
const later = "2026-11-24T08:05:00.000Z";

const depsAt = (time = now) => ({ ...product.deps, clock: () => new Date(time) });

let addresses = 0;
/** Where nobody has called from. */
function stranger() {
  addresses += 1;
  return { address: `192.0.2.${addresses}`, userAgent: null };
}

const person = () => visitorIn(database.pool);
const host = (facts?: BookableFacts) => hostIn(database.pool, facts);
const placeAt = (ann: Host, time = "10:00", durationMinutes = 30) =>
  placeOf(ann, `2026-11-26T${time}:00.000Z`, durationMinutes);

async function holdsOf({ userId }: { userId: string }): Promise<string[]> {
  const { rows } = await database.pool.query<{ starts_at: Date }>(
    "SELECT starts_at FROM holds WHERE host_id = $1 ORDER BY starts_at",
    [userId],
  );
  return rows.map(({ starts_at }) => starts_at.toISOString());
}

describe("a hold", () => {
  test("keeps the place from everybody else for five minutes", async () => {
    const [ann, holder, other] = [await host(), await person(), await person()];
    const hold = await holdPlace(depsAt(), holder, null, placeAt(ann));
    expect(hold).toEqual({
      id: hold.id,
      start: "2026-11-26T10:00:00.000Z",
      end: "2026-11-26T10:30:00.000Z",
      expiresAt: later,
    });
    const conflict = {
      code: "conflict",
      details: { start: expect.stringContaining("next openings are 2026-11-26T10:30") },
    };
    await expect(requestBooking(depsAt(justBefore), other, placeAt(ann))).rejects.toMatchObject(conflict);
    await expect(holdPlace(depsAt(justBefore), other, null, placeAt(ann))).rejects.toMatchObject(conflict);
    expect(await requestBooking(depsAt(later), other, placeAt(ann))).toMatchObject({ status: "confirmed" });
    expect(await holdsOf(ann)).toEqual([]);
  });

  test("keeps the buffers too, and counts among the most a day", async () => {
    const ann = await host({ bufferAfterMinutes: 30, maxPerDay: 1 });
    await holdPlace(depsAt(), null, stranger(), placeAt(ann));
    const other = await person();
    for (const time of ["10:30", "18:00"]) {
      await expect(requestBooking(depsAt(), other, placeAt(ann, time))).rejects.toMatchObject({ code: "conflict" });
    }
    await requestBooking(depsAt(later), other, placeAt(ann, "18:00"));
  });

  test("replaces the same person's former one on the same host, also where they overlap", async () => {
    const [ann, bob, holder] = [await host(), await host(), await person()];
    await holdPlace(depsAt(), holder, null, placeAt(bob, "12:00"));
    await holdPlace(depsAt(), holder, null, placeAt(ann, "10:00"));
    await holdPlace(depsAt(), holder, null, placeAt(ann, "09:30", 60));
    expect([await holdsOf(ann), await holdsOf(bob)]).toEqual([
      ["2026-11-26T09:30:00.000Z"],
      ["2026-11-26T12:00:00.000Z"],
    ]);
  });

  test("leaves the former one where the new place is not open", async () => {
    const [ann, holder] = [await host({ hours: [600, 720] }), await person()];
    await holdPlace(depsAt(), holder, null, placeAt(ann, "10:00"));
    await expect(holdPlace(depsAt(), holder, null, placeAt(ann, "09:00"))).rejects.toMatchObject({ code: "conflict" });
    expect(await holdsOf(ann)).toEqual(["2026-11-26T10:00:00.000Z"]);
  });

  test("is refused for bad input, as a booking is", async () => {
    const ann = await host();
    await expect(holdPlace(depsAt(), ann, null, placeAt(ann))).rejects.toMatchObject({
      details: { hostUsername: "must be another person's" },
    });
    await expect(holdPlace(depsAt(), null, stranger(), placeAt(ann, "10:00", 45))).rejects.toMatchObject({
      details: { durationMinutes: "is not a length that this host offers" },
    });
    await expect(
      holdPlace(depsAt(), null, stranger(), { ...placeAt(ann), start: "2026-11-24T07:30:00Z" }),
    ).rejects.toMatchObject({ details: { start: "must lie in the future" } });
    await expect(
      holdPlace(depsAt(), null, stranger(), { ...placeAt(ann), hostUsername: "nobody-at-all" }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await holdsOf(ann)).toEqual([]);
  });
});

describe("at most three places are kept", () => {
  const four = () => Promise.all([host(), host(), host(), host()]);

  test("for one person, wherever they are", async () => {
    const [hosts, holder] = [await four(), await person()];
    const [ann, bob, eve, last] = hosts;
    for (const one of [ann, bob, eve]) await holdPlace(depsAt(), holder, stranger(), placeAt(one));
    await expect(
      holdPlace(depsAt("2026-11-24T08:01:00.000Z"), holder, stranger(), placeAt(last)),
    ).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: 240 });
    expect(await holdsOf(last)).toEqual([]);
    // Another of the same host's takes the former one's place.
    await holdPlace(depsAt(), holder, stranger(), placeAt(ann, "12:00"));
    await holdPlace(depsAt(later), holder, stranger(), placeAt(last));
  });

  test("for those unknown behind one address, not for those who are signed in there", async () => {
    const [hosts, client] = [await four(), stranger()];
    const [ann, bob, eve, last] = hosts;
    for (const one of [ann, bob, eve]) await holdPlace(depsAt(), null, client, placeAt(one));
    await expect(holdPlace(depsAt(), null, client, placeAt(last))).rejects.toMatchObject({ code: "rate_limited" });
    await holdPlace(depsAt(), await person(), client, placeAt(last));
    await holdPlace(depsAt(), null, stranger(), placeAt(last, "12:00"));
  });

  test("for those unknown behind one IPv6 subscriber's block", async () => {
    const [ann, bob, eve, last] = await four();
    const client = (end: number) => ({ address: `2001:db8:7:7::${end}`, userAgent: null });
    for (const [index, one] of [ann, bob, eve].entries()) await holdPlace(depsAt(), null, client(index), placeAt(one));
    await expect(holdPlace(depsAt(), null, client(9), placeAt(last))).rejects.toMatchObject({ code: "rate_limited" });
  });
});

describe("a booking consumes", () => {
  test("the hold of the same person, with its id or without", async () => {
    for (const isNamed of [true, false]) {
      const [ann, holder] = [await host(), await person()];
      const { id } = await holdPlace(depsAt(), holder, null, placeAt(ann));
      const booking = await requestBooking(depsAt(), holder, { ...placeAt(ann), ...(isNamed && { holdId: id }) });
      expect(booking.status).toBe("confirmed");
      expect(await holdsOf(ann)).toEqual([]);
    }
  });

  test("one that was made before its holder signed in", async () => {
    const [ann, holder] = [await host(), await person()];
    const { id: holdId } = await holdPlace(depsAt(), null, stranger(), placeAt(ann));
    await expect(requestBooking(depsAt(), holder, placeAt(ann))).rejects.toMatchObject({ code: "conflict" });
    await requestBooking(depsAt(), holder, { ...placeAt(ann), holdId });
    expect(await holdsOf(ann)).toEqual([]);
  });

  test("none that is another's: that is not found, and stays", async () => {
    const [ann, holder, other] = [await host(), await person(), await person()];
    const { id: holdId } = await holdPlace(depsAt(), holder, null, placeAt(ann));
    await expect(requestBooking(depsAt(), other, { ...placeAt(ann), holdId })).rejects.toMatchObject({
      code: "not_found",
      message: "Hold not found",
    });
    expect(await holdsOf(ann)).toHaveLength(1);
  });

  test("none on another place: that is said, and it stays", async () => {
    const [ann, bob, holder] = [await host(), await host(), await person()];
    const { id: holdId } = await holdPlace(depsAt(), holder, null, placeAt(ann));
    for (const place of [placeAt(ann, "11:00"), placeAt(ann, "10:00", 60), placeAt(bob)]) {
      await expect(requestBooking(depsAt(), holder, { ...place, holdId })).rejects.toMatchObject({
        code: "validation_error",
        details: { holdId: "is a hold on another place" },
      });
    }
    expect(await holdsOf(ann)).toHaveLength(1);
  });

  test("none that has run out or never was: the place may be open all the same, or somebody else's", async () => {
    const [ann, holder, other] = [await host(), await person(), await person()];
    const { id: holdId } = await holdPlace(depsAt(), holder, null, placeAt(ann));
    await requestBooking(depsAt(later), holder, { ...placeAt(ann), holdId });
    await requestBooking(depsAt(), holder, { ...placeAt(ann, "11:00"), holdId: uuidv7() });

    const lost = await holdPlace(depsAt(), holder, null, placeAt(ann, "12:00"));
    await requestBooking(depsAt(later), other, placeAt(ann, "12:00"));
    await expect(
      requestBooking(depsAt(later), holder, { ...placeAt(ann, "12:00"), holdId: lost.id }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("nothing where it fails", async () => {
    const [ann, bob, holder] = [await host(), await host(), await person()];
    await requestBooking(depsAt(), holder, placeAt(bob));
    const { id: holdId } = await holdPlace(depsAt(), holder, null, placeAt(ann));
    await expect(requestBooking(depsAt(), holder, { ...placeAt(ann), holdId })).rejects.toMatchObject({
      code: "conflict",
      details: { start: "overlaps another booking of yours" },
    });
    expect(await holdsOf(ann)).toHaveLength(1);
  });
});

describe("a hold is given back", () => {
  test("by its holder, once", async () => {
    const [ann, holder] = [await host(), await person()];
    const { id } = await holdPlace(depsAt(), holder, null, placeAt(ann));
    for (const actor of [await person(), null]) {
      await expect(releaseHold(depsAt(), actor, { id })).rejects.toMatchObject({ code: "not_found" });
    }
    await releaseHold(depsAt(), holder, { id });
    await expect(releaseHold(depsAt(), holder, { id })).rejects.toMatchObject({ code: "not_found" });
    await requestBooking(depsAt(), await person(), placeAt(ann));
  });

  test("by whoever knows its id, where its holder is unknown", async () => {
    const ann = await host();
    for (const actor of [null, await person()]) {
      const { id } = await holdPlace(depsAt(), null, stranger(), placeAt(ann));
      await releaseHold(depsAt(), actor, { id });
    }
    expect(await holdsOf(ann)).toEqual([]);
  });

  test("not once it has run out", async () => {
    const [ann, holder] = [await host(), await person()];
    const { id } = await holdPlace(depsAt(), holder, null, placeAt(ann));
    await expect(releaseHold(depsAt(later), holder, { id })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("holds that have run out are deleted in time, and no others", async () => {
  const [ann, bob] = [await host(), await host()];
  await holdPlace(depsAt(), await person(), null, placeAt(ann));
  await holdPlace(depsAt("2026-11-24T08:01:00.000Z"), await person(), null, placeAt(bob));
  await bookingJobs(depsAt(later))["bookings.settle"]();
  expect([await holdsOf(ann), await holdsOf(bob)]).toEqual([[], ["2026-11-26T10:00:00.000Z"]]);
});
