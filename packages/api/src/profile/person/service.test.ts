import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDeviceStore } from "../../devices/store";
import { createAvatarStore } from "../avatar/store";
import { type UpdatePerson, updatePersonInput } from "./schema";
import { getPerson, updatePerson } from "./service";
import { createPersonStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let now = new Date("2026-03-01T12:00:00Z");
const objects = createRecordingObjects();
const pictures = new Map([["https://pictures.example.test/me.png", "a picture"]]);

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

class Unreadable extends Error {}

const deps = () => ({
  people: createPersonStore(database),
  avatars: createAvatarStore(database),
  devices: createDeviceStore(database),
  objects,
  clock: () => now,
  log: { warn: () => {} },
  normaliseAvatar: async (bytes: Uint8Array) => ({
    ...{ bytes, contentType: "image/jpeg" as const, size: 512 as const },
    hash: Buffer.from(bytes).toString("hex").padEnd(64, "0"),
  }),
  avatarProblem: () => null,
  remoteFetch: {
    async read(url: string) {
      const picture = pictures.get(url);
      if (picture === undefined) throw new Unreadable("could not be read");
      return { status: 200, bytes: Buffer.from(picture) };
    },
  },
  remoteFetchProblem: (error: unknown) => (error instanceof Unreadable ? error.message : null),
});
const person = async (facts: UserFacts = {}) => actorFor(await createUser(database.pool, facts));
type Actor = Awaited<ReturnType<typeof person>>;
const update = (actor: Actor, input: UpdatePerson) => updatePerson(deps(), actor, updatePersonInput.parse(input));
const refused = (attempt: Promise<unknown>, details: object) =>
  expect(attempt).rejects.toMatchObject({ code: "validation_error", details });

describe("a person", () => {
  test("is whole before anything was said", async () => {
    const actor = await person({ email: "new@example.test", displayName: "New" });
    expect(await getPerson(deps(), actor)).toMatchObject({
      id: actor.userId,
      ...{ email: "new@example.test", status: "pending", displayName: "New", locale: null, timezone: null },
      ...{ autoRenew: true, activeSessions: 0, avatarUrl: null, subscription: null, identities: [] },
      details: { firstName: null, country: null, birthDate: null },
      preferences: { theme: "system", defaultVisibility: "public", maxMessageLength: 1000 },
    });
  });

  test("is numbered, each by another number", async () => {
    const [first, second] = [await getPerson(deps(), await person()), await getPerson(deps(), await person())];
    expect(second.number).toBeGreaterThan(first.number);
  });

  test("is active once the address is proven", async () => {
    expect(await getPerson(deps(), await person({ isEmailVerified: true }))).toMatchObject({ status: "active" });
  });

  test("has as many sessions as are live at this moment", async () => {
    const actor = await person();
    const insert = (ends: string, ended: string | null) =>
      database.pool.query("INSERT INTO sessions (id, user_id, expires_at, ended_at) VALUES (uuidv7(), $1, $2, $3)", [
        ...[actor.userId, ends, ended],
      ]);
    await insert("2026-04-01T00:00:00Z", null);
    await insert("2026-04-01T00:00:00Z", "2026-02-01T00:00:00Z");
    await insert("2026-03-01T12:00:00Z", null);
    expect((await getPerson(deps(), actor)).activeSessions).toBe(1);
  });

  test("has the plan granted last, over at the moment it expires", async () => {
    const actor = await person();
    const insert = (plan: string, status: string, created: string, expires: string) =>
      database.pool.query(
        `INSERT INTO subscriptions (id, user_id, plan_name, status, max_devices, created_at, starts_at, expires_at)
         VALUES (uuidv7(), $1, $2, $3::subscription_status, 10, $4, $4, $5)`,
        [actor.userId, plan, status, created, expires],
      );
    await insert("Basic", "cancelled", "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z");
    await insert("Premium", "active", "2026-02-01T00:00:00Z", "2026-03-02T12:00:00Z");
    const plan = async () => (await getPerson(deps(), actor)).subscription;
    expect(await plan()).toMatchObject({ planName: "Premium", status: "active", daysRemaining: 1, maxDevices: 10 });
    now = new Date("2026-03-02T12:00:00Z");
    expect(await plan()).toMatchObject({ planName: "Premium", status: "expired", daysRemaining: 0 });
    now = new Date("2026-03-01T12:00:00Z");
  });

  test("who has gone is nobody", async () => {
    const actor = await person();
    await database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [actor.userId]);
    await expect(getPerson(deps(), actor)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(update(actor, { city: "Kassel" })).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("an update", () => {
  test("changes what is given, in its canonical spelling, and leaves the rest", async () => {
    const actor = await person();
    const before = await getPerson(deps(), actor);
    now = new Date("2026-03-01T12:00:05Z");
    await update(actor, { country: "de", phone: "+49 30 901820", locale: "de-de", telegramUsername: "@jane_doe" });
    const after = await update(actor, { city: "Kassel", theme: "dark", autoRenew: false });
    expect(after).toMatchObject({
      ...{ locale: "de-DE", autoRenew: false, displayName: before.displayName },
      details: { country: "DE", phone: "+4930901820", city: "Kassel", telegramUsername: "jane_doe", firstName: null },
      preferences: { ...before.preferences, theme: "dark" },
    });
    expect(after.updatedAt > before.updatedAt).toBe(true);
  });

  test("clears what is null, and keeps what is left out", async () => {
    const actor = await person({ bio: "Here" });
    await update(actor, { city: "Kassel", birthDate: "1990-05-15", timezone: "Europe/Kyiv" });
    const after = await update(actor, { city: null, bio: null });
    expect(after).toMatchObject({
      bio: null,
      timezone: "Europe/Kyiv",
      details: { city: null, birthDate: "1990-05-15" },
    });
    expect((await update(actor, { birthDate: null })).details.birthDate).toBeNull();
  });

  test("registers a device for the token of pushes", async () => {
    const actor = await person();
    await update(actor, { fcmToken: "a-token" });
    const { rows } = await database.pool.query("SELECT token, platform FROM devices WHERE user_id = $1", [
      actor.userId,
    ]);
    expect(rows).toEqual([{ token: "a-token", platform: "android" }]);
  });

  test("fetches a picture, takes its own address for no change, and removes it", async () => {
    const actor = await person();
    const shown = await update(actor, { avatarUrl: "https://pictures.example.test/me.png" });
    expect(shown.avatarUrl).toMatch(/^https:\/\/cdn\.example\.test\/avatars\//);
    expect((await update(actor, { avatarUrl: shown.avatarUrl })).avatarUrl).toBe(shown.avatarUrl);
    expect((await update(actor, { avatarUrl: null })).avatarUrl).toBeNull();
  });

  test("changes nothing where the picture cannot be had", async () => {
    const actor = await person({ displayName: "Before" });
    const attempt = update(actor, { displayName: "After", avatarUrl: "https://pictures.example.test/gone.png" });
    await refused(attempt, { avatarUrl: "could not be read" });
    expect((await getPerson(deps(), actor)).displayName).toBe("Before");
  });

  test("holds a birth date against the clock, and a postal code against the country", async () => {
    const actor = await person();
    await refused(update(actor, { birthDate: "2026-03-02" }), { birthDate: "must be a date in the past, since 1900" });
    await refused(update(actor, { birthDate: "1899-12-31" }), { birthDate: "must be a date in the past, since 1900" });
    await refused(update(actor, { country: "US", postalCode: "9410" }), { postalCode: "must be a postal code of US" });
    await update(actor, { country: "US", postalCode: "94102" });
    await refused(update(actor, { postalCode: "SW1A 1AA" }), { postalCode: "must be a postal code of US" });
    expect((await getPerson(deps(), actor)).details).toMatchObject({ country: "US", postalCode: "94102" });
  });

  test("of several at once, each of another field, loses none", async () => {
    const actor = await person();
    const fields = ["firstName", "lastName", "address", "city", "state"] as const;
    await Promise.all(fields.map((field) => update(actor, { [field]: `the ${field}` })));
    const { details } = await getPerson(deps(), actor);
    for (const field of fields) expect(details[field]).toBe(`the ${field}`);
  });
});

test.each([
  [{ locale: "en_US" }, "locale", "must be a BCP 47 language tag such as en-US"],
  [{ timezone: "Mars/Olympus" }, "timezone", "must be an IANA time zone such as Europe/Berlin"],
  [{ country: "UK" }, "country", "must be a valid ISO 3166-1 alpha-2 code"],
  [{ phone: "+1-555-0100" }, "phone", "must be a phone number in international format such as +14155550100"],
  [{ birthDate: "1990-02-30" }, "birthDate", "must be a date as YYYY-MM-DD"],
  [{ walletAddress: "0x12" }, "walletAddress", "must be the address of an Ethereum, Bitcoin, Tron or Solana wallet"],
  [
    { telegramUsername: "a b" },
    "telegramUsername",
    "must be a Telegram username of 5 to 32 letters, digits or underscores",
  ],
  [{ firstName: " " }, "firstName", "must not be empty"],
  [{ displayName: null }, "displayName", "must be a string"],
  [{ maxMessageLength: 0 }, "maxMessageLength", "must be at least 1"],
  [{ messagesPerPage: 31 }, "messagesPerPage", "must be at most 30"],
  [{ theme: "pink" }, "theme", "must be one of system, light, dark"],
  [{ latitude: 91 }, "latitude", "must be at most 90"],
])("%j is refused, naming %s", (input, field, message) => {
  const { error } = updatePersonInput.safeParse(input);
  expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([[field, message]]);
});
