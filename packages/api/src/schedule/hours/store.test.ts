import { actorFor, createBookableHost } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { defaultBookingRules } from "../booking-rules/rules";

let product: Product<Dependencies>;
beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

const monday = [{ dayOfWeek: 1, startMinute: 540, endMinute: 600 }];

test("hours are remembered until they are saved anew, whatever it is of them", async () => {
  const { hours, schedules, overrides, bookingRules, database } = product.deps;
  const host = await createBookableHost(database.pool);
  const { userId } = actorFor(host);
  const username = host.username ?? "";
  const found = async () => {
    const present = await hours.find(username);
    if (present === null) throw new Error("the host is not there");
    return present;
  };

  const first = await found();
  expect(first).toMatchObject({ hostId: userId, version: 0, schedule: { taken: [], hostedStarts: [] } });
  expect(await found()).toBe(first);

  const changes: [save: () => Promise<unknown>, seen: object][] = [
    [
      () => schedules.replaceWeek(userId, { timezone: "Asia/Tokyo", slots: monday }),
      { timezone: "Asia/Tokyo", weeklySlots: monday },
    ],
    [() => overrides.replace(userId, ["2030-01-07"], []), { overrides: [{ date: "2030-01-07", slots: [] }] }],
    [() => overrides.remove(userId, "2030-01-01", "2030-02-01"), { overrides: [] }],
    [
      () => bookingRules.save(userId, { ...defaultBookingRules, stepMinutes: 60 }),
      { rules: { ...defaultBookingRules, stepMinutes: 60 } },
    ],
  ];
  for (const [index, [save, seen]] of changes.entries()) {
    await save();
    await vi.waitUntil(async () => (await found()).version === index + 1, { timeout: 10_000 });
    expect((await found()).schedule).toMatchObject(seen);
  }
});

test("saving hours leaves the profile's version as it is", async () => {
  const { database, schedules } = product.deps;
  const { id } = await createBookableHost(database.pool);
  const version = async () =>
    (await database.pool.query("SELECT version, updated_at FROM users WHERE id = $1", [id])).rows;
  const before = await version();
  await schedules.replaceWeek(id, { timezone: "Asia/Tokyo", slots: monday });
  expect(await version()).toEqual(before);
});

test("nobody's username, and that of somebody who is no host any more, has no hours", async () => {
  const { hours, database } = product.deps;
  const { id, username } = await createBookableHost(database.pool);
  expect(await hours.find("nobody-at-all")).toBeNull();
  expect(await hours.find(username ?? "")).not.toBeNull();
  await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [id]);
  await vi.waitUntil(async () => (await hours.find(username ?? "")) === null, { timeout: 10_000 });
});
