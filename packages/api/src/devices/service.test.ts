import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerDeviceInput } from "./schema";
import { listDevices, registerDevice, removeDevice } from "./service";
import { createDeviceStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let deps: Parameters<typeof registerDevice>[0];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  deps = { devices: createDeviceStore(database), clock: () => new Date() };
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

const firstPage = { page: 1, perPage: 100 };
const person = async () => actorFor(await createUser(database.pool));
const newToken = () => `token ${uuidv7()}`;
const missing = { code: "not_found", message: "Device not found" };
async function tokensOf(actor: Awaited<ReturnType<typeof person>>) {
  return (await listDevices(deps, actor, firstPage)).items.map(({ token }) => token);
}

describe("registerDeviceInput", () => {
  test.each([
    ["no token", { platform: "ios" }, "token"],
    ["an empty token", { token: " ", platform: "ios" }, "token"],
    ["a token of 4097 characters", { token: "x".repeat(4097), platform: "ios" }, "token"],
    ["a token with a NUL", { token: "a\u0000b", platform: "ios" }, "token"],
    ["no platform", { token: "x" }, "platform"],
    ["another platform", { token: "x", platform: "symbian" }, "platform"],
  ])("refuses %s", (_, input, field) => {
    expect(registerDeviceInput.safeParse(input).error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });
});

describe("registering", () => {
  test("keeps a token that was not known", async () => {
    const ann = await person();
    const token = newToken();
    const device = await registerDevice(deps, ann, { token, platform: "ios" });
    expect(device).toEqual({ id: device.id, token, platform: "ios", createdAt: device.createdAt, isNew: true });
    const { isNew: _, ...listed } = device;
    expect(await listDevices(deps, ann, firstPage)).toEqual({ items: [listed], page: 1, perPage: 100, total: 1 });
  });

  test("knows a token again, and takes its platform as it is now", async () => {
    const ann = await person();
    const token = newToken();
    const first = await registerDevice(deps, ann, { token, platform: "ios" });
    expect(await registerDevice(deps, ann, { token, platform: "web" })).toEqual({
      ...first,
      platform: "web",
      isNew: false,
    });
    expect(await tokensOf(ann)).toEqual([token]);
  });

  test("gives a token to whoever registers it last, as a device that its former owner cannot reach", async () => {
    const [ann, bob] = [await person(), await person()];
    const token = newToken();
    const first = await registerDevice(deps, ann, { token, platform: "ios" });
    const second = await registerDevice(deps, bob, { token, platform: "ios" });
    expect(second.isNew).toBe(false);
    expect(second.id).not.toBe(first.id);
    expect(second.createdAt >= first.createdAt).toBe(true);
    expect(await tokensOf(ann)).toEqual([]);
    expect(await tokensOf(bob)).toEqual([token]);
    await expect(removeDevice(deps, ann, { id: first.id })).rejects.toMatchObject(missing);
    await expect(removeDevice(deps, ann, { id: second.id })).rejects.toMatchObject(missing);
    expect(await tokensOf(bob)).toEqual([token]);
  });

  test("keeps tokens of any length that is allowed, and tells them apart at the very end", async () => {
    const ann = await person();
    // Random text does not compress into an index entry; a million of such characters would not either.
    const long = Array.from({ length: 4095 }, () =>
      String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000)),
    ).join("");
    const tokens = [`${long}甲`, `${long}乙`];
    for (const token of tokens) {
      const input = registerDeviceInput.parse({ token, platform: "android" });
      expect((await registerDevice(deps, ann, input)).isNew).toBe(true);
    }
    expect((await tokensOf(ann)).toSorted()).toEqual(tokens.toSorted());
  });

  test("20 registrations of one token at the same time: no error, one device, one of them new", async () => {
    const people = await Promise.all(Array.from({ length: 5 }, person));
    const token = newToken();
    const devices = await Promise.all(
      people.flatMap((actor) => [1, 2, 3, 4].map(() => registerDevice(deps, actor, { token, platform: "web" }))),
    );
    expect(devices.filter(({ isNew }) => isNew)).toHaveLength(1);
    const owners = await Promise.all(people.map(tokensOf));
    expect(owners.flat()).toEqual([token]);
  });

  test("drops the oldest devices of someone who has a hundred", async () => {
    const ann = await person();
    const oldest = newToken();
    await registerDevice(deps, ann, { token: oldest, platform: "web" });
    await database.pool.query(
      `INSERT INTO devices (id, user_id, token, platform, created_at)
       SELECT uuidv7(), $1, 'many ' || n, 'web', now() + n * interval '1 millisecond' FROM generate_series(1, 105) n`,
      [ann.userId],
    );
    const newest = newToken();
    await registerDevice(deps, ann, { token: newest, platform: "web" });
    const { total } = await listDevices(deps, ann, firstPage);
    expect(total).toBe(100);
    expect(await tokensOf(ann)).not.toContain(oldest);
    expect(await tokensOf(ann)).toContain(newest);
  });

  test("tells a person whose account has gone", async () => {
    const gone = actorFor({ id: uuidv7(), role: "user" });
    const register = registerDevice(deps, gone, { token: newToken(), platform: "ios" });
    await expect(register).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("listing", () => {
  test("shows one's own, newest first, page by page", async () => {
    const [ann, bob] = [await person(), await person()];
    await registerDevice(deps, bob, { token: newToken(), platform: "ios" });
    const tokens = [newToken(), newToken(), newToken()];
    for (const token of tokens) await registerDevice(deps, ann, { token, platform: "ios" });
    const pages = await Promise.all([1, 2, 3].map((page) => listDevices(deps, ann, { page, perPage: 2 })));
    expect(pages.map(({ items }) => items.map(({ token }) => token))).toEqual([
      [tokens[2], tokens[1]],
      [tokens[0]],
      [],
    ]);
    expect(pages.map(({ total }) => total)).toEqual([3, 3, 3]);
  });
});

describe("removing", () => {
  test("ends a device of one's own, once", async () => {
    const ann = await person();
    const { id } = await registerDevice(deps, ann, { token: newToken(), platform: "ios" });
    await removeDevice(deps, ann, { id });
    expect(await tokensOf(ann)).toEqual([]);
    await expect(removeDevice(deps, ann, { id })).rejects.toMatchObject(missing);
  });

  test("answers alike for another's device and for none", async () => {
    const [ann, bob] = [await person(), await person()];
    const { id, token } = await registerDevice(deps, ann, { token: newToken(), platform: "ios" });
    await expect(removeDevice(deps, bob, { id })).rejects.toMatchObject(missing);
    await expect(removeDevice(deps, bob, { id: uuidv7() })).rejects.toMatchObject(missing);
    expect(await tokensOf(ann)).toEqual([token]);
  });
});
