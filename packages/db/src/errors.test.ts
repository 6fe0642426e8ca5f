import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type FreshDatabase, freshDatabase } from "@parley/testing";
import { createUser } from "@parley/testing/factories";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database";
import { startEmbedded } from "./embedded";
import {
  checkViolation,
  exclusionViolation,
  foreignKeyViolation,
  isDeadlock,
  isInvalidText,
  isUnavailable,
  uniqueViolation,
} from "./errors";

let fresh: FreshDatabase;
let database: Database;
let userId: string;
let scheduleId: string;
const nobody = "00000000-0000-7000-8000-000000000000";

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  const user = await createUser(database.pool, { email: "taken@example.test", username: "taken" });
  userId = user.id;
  const { id } = await database.prisma.schedule.create({ data: { id: nobody, userId } });
  scheduleId = id;
  await database.prisma.weeklySlot.create({ data: { scheduleId, dayOfWeek: 1, startMinute: 540, endMinute: 720 } });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});

async function caught(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

/** All that the questions about violated constraints answer. */
const violations = (error: unknown) => ({
  unique: uniqueViolation(error),
  exclusion: exclusionViolation(error),
  check: checkViolation(error),
  foreignKey: foreignKeyViolation(error),
});
const none = violations(null);

describe("violated constraints", () => {
  const insertUser = "INSERT INTO users (id, email, display_name) VALUES (uuidv7(), 'taken@example.test', 'A')";
  const slot = { dayOfWeek: 1, startMinute: 600, endMinute: 660 };
  const cases: [string, () => Promise<unknown>, Partial<typeof none>][] = [
    ["unique, pg", () => database.pool.query(insertUser), { unique: "users_email_key" }],
    [
      "unique, Prisma",
      () => database.prisma.user.create({ data: { id: nobody, email: "taken@example.test", displayName: "A" } }),
      { unique: "users_email_key" },
    ],
    ["unique, Prisma's raw SQL", () => database.prisma.$executeRawUnsafe(insertUser), { unique: "users_email_key" }],
    [
      "unique, in a transaction of Prisma's",
      () => database.prisma.$transaction((tx) => tx.$executeRawUnsafe(insertUser)),
      { unique: "users_email_key" },
    ],
    [
      "unique, a primary key",
      () => database.prisma.schedule.create({ data: { id: scheduleId, userId: nobody } }),
      { unique: "schedules_pkey" },
    ],
    [
      "exclusion, pg",
      () => database.pool.query("INSERT INTO weekly_slots VALUES ($1, 1, 600, 660)", [scheduleId]),
      { exclusion: "weekly_slots_do_not_overlap" },
    ],
    [
      "exclusion, Prisma",
      () => database.prisma.weeklySlot.createMany({ data: [{ scheduleId, ...slot }] }),
      { exclusion: "weekly_slots_do_not_overlap" },
    ],
    ["check, pg", () => database.pool.query("UPDATE users SET rate_cents = 1"), { check: "users_rate_bounds" }],
    [
      "check, Prisma",
      () => database.prisma.user.update({ where: { id: userId }, data: { rateCents: 1 } }),
      { check: "users_rate_bounds" },
    ],
    [
      "foreign key, pg",
      () => database.pool.query("INSERT INTO follows VALUES ($1, $2)", [userId, nobody]),
      { foreignKey: "follows_followed_id_fkey" },
    ],
    [
      "foreign key, Prisma",
      () => database.prisma.follow.create({ data: { followerId: userId, followedId: nobody } }),
      { foreignKey: "follows_followed_id_fkey" },
    ],
  ];
  it.each(cases)("are named: %s", async (_, act, expected) => {
    const error = await caught(act);
    expect(violations(error)).toEqual({ ...none, ...expected });
    expect(isUnavailable(error)).toBe(false);
    expect(isInvalidText(error)).toBe(false);
  });

  it.each(["pool", "prisma"] as const)("are named where a trigger raises them: %s", async (way) => {
    const former = await createUser(database.pool, { username: `former-${way}` });
    await database.pool.query("UPDATE users SET username = NULL WHERE id = $1", [former.id]);
    const username = `former-${way}`;
    const error = await caught(() =>
      way === "pool"
        ? database.pool.query("UPDATE users SET username = $1 WHERE id = $2", [username, userId])
        : database.prisma.user.update({ where: { id: userId }, data: { username } }),
    );
    expect(uniqueViolation(error)).toBe("former_usernames_hold");
  });
});

it.each([
  ["a syntax error", "SELEC 1"],
  ["a missing table", "SELECT * FROM nothing"],
  ["a division by zero", "SELECT 1 / 0"],
])("finds nothing of the kind in %s", async (_, text) => {
  for (const act of [() => database.pool.query(text), () => database.prisma.$queryRawUnsafe(text)]) {
    const error = await caught(act);
    expect(violations(error)).toEqual(none);
    expect([isUnavailable(error), isInvalidText(error), isDeadlock(error)]).toEqual([false, false, false]);
  }
});

it.each([undefined, null, "text", new Error("no cause"), { code: 7 }])("finds nothing in %s", (value) => {
  expect(violations(value)).toEqual(none);
  expect([isUnavailable(value), isInvalidText(value), isDeadlock(value)]).toEqual([false, false, false]);
});

it("ends in a ring of causes", () => {
  const one = new Error("one");
  one.cause = new Error("two", { cause: one });
  expect(isUnavailable(one)).toBe(false);
});

describe("text that cannot be stored", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a NUL byte, pg", () => database.pool.query("SELECT $1::text", ["a\0b"])],
    ["a NUL byte, Prisma", () => database.prisma.user.findFirst({ where: { email: "a\0b" } })],
    ["a NUL byte in JSON", () => database.pool.query(`SELECT '{"a":"\\u0000"}'::jsonb ->> 'a'`)],
  ])("is recognised: %s", async (_, act) => {
    const error = await caught(act);
    expect(isInvalidText(error)).toBe(true);
    expect(isUnavailable(error)).toBe(false);
  });
});

it("recognises a deadlock, by pg and by Prisma", async () => {
  const other = await createUser(database.pool);
  const [first, second] = [userId, other.id];
  const touch = "UPDATE users SET bio = 'x' WHERE id = $1::uuid";
  const client = await database.pool.connect();
  await client.query("BEGIN");
  await client.query(touch, [first]);
  const results = await Promise.allSettled([
    database.prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(touch, second);
      await tx.$executeRawUnsafe(touch, first);
    }),
    database.pool.query("SELECT pg_sleep(0.2)").then(() => client.query(touch, [second])),
  ]);
  await client.query("ROLLBACK");
  client.release();
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  expect(errors.map(isDeadlock)).toEqual([true]);
});

describe("a database that cannot be reached", () => {
  it("is recognised while its server stops, while it is down, and no longer once it is back", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "parley-errors-"));
    await chmod(root, 0o755);
    const dataDir = path.join(root, "data");
    const server = await startEmbedded({ dataDir, fast: true });
    const stopping = openDatabase({ url: server.url });
    const { pool, prisma } = stopping;
    const sleep = "SELECT pg_sleep(60)";
    const underWay = [
      caught(() => pool.query(sleep)),
      caught(() => prisma.$queryRawUnsafe(sleep)),
      caught(() => prisma.$transaction((tx) => tx.$queryRawUnsafe(sleep), { timeout: 60_000 })),
      caught(() =>
        prisma.$transaction(
          async (tx) => {
            await tx.$queryRawUnsafe("SELECT 1");
            // Idle when the server ends it; found out by the next statement.
            await closed;
            await tx.$queryRawUnsafe("SELECT 1");
          },
          { timeout: 60_000 },
        ),
      ),
    ];
    let isClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve;
    });
    await expect
      .poll(async () => (await pool.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")).rows.length)
      .toBe(3);
    await server.stop();
    isClosed();
    for (const error of await Promise.all(underWay)) expect(isUnavailable(error), String(error)).toBe(true);

    for (const act of [
      () => pool.query("SELECT 1"),
      () => pool.connect(),
      () => prisma.$queryRawUnsafe("SELECT 1"),
      () => prisma.$transaction((tx) => tx.$queryRawUnsafe("SELECT 1")),
      () => prisma.$transaction([prisma.$queryRawUnsafe("SELECT 1")]),
    ]) {
      const error = await caught(act);
      expect(isUnavailable(error), String(error)).toBe(true);
    }

    const again = await startEmbedded({ dataDir, fast: true });
    expect(again.url).toBe(server.url);
    expect((await pool.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
    expect(await prisma.$queryRawUnsafe("SELECT 1 AS n")).toEqual([{ n: 1 }]);
    await stopping.close();
    await again.stop();
    await rm(root, { recursive: true, force: true });
  }, 120_000);

  it("is recognised when an administrator ends a connection", async () => {
    const end = "SELECT pg_terminate_backend(pg_backend_pid())";
    for (const act of [() => database.pool.query(end), () => database.prisma.$queryRawUnsafe(end)]) {
      expect(isUnavailable(await caught(act))).toBe(true);
    }
  });

  it("is recognised where no connection is to be had", async () => {
    const small = openDatabase({ url: fresh.url, poolSize: 1, connectionTimeoutMs: 200 });
    const held = await small.pool.connect();
    for (const act of [
      () => small.pool.query("SELECT 1"),
      () => small.prisma.$queryRawUnsafe("SELECT 1"),
      () => small.prisma.$transaction((tx) => tx.$queryRawUnsafe("SELECT 1")),
    ]) {
      const error = await caught(act);
      expect(isUnavailable(error), String(error)).toBe(true);
    }
    held.release();
    await small.close();
  });

  it("is recognised where a transaction takes longer than it may", async () => {
    const act = () =>
      database.prisma.$transaction((tx) => tx.$queryRawUnsafe("SELECT pg_sleep(0.5)::text"), { timeout: 100 });
    expect(isUnavailable(await caught(act))).toBe(true);
  });

  it("is recognised where the server has too many already", async () => {
    const role = `limited_${fresh.url.split("_").at(-1)}`;
    await database.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret' CONNECTION LIMIT 0`);
    const url = new URL(fresh.url);
    url.username = role;
    url.password = "secret";
    const limited = openDatabase({ url: url.href });
    for (const act of [() => limited.pool.query("SELECT 1"), () => limited.prisma.$queryRawUnsafe("SELECT 1")]) {
      expect(isUnavailable(await caught(act))).toBe(true);
    }
    await limited.close();
    await database.pool.query(`DROP ROLE ${role}`);
  });

  it("is not a wrong password", async () => {
    const url = new URL(fresh.url);
    url.password = "wrong";
    const error = await caught(() => new pg.Client({ connectionString: url.href }).connect());
    expect(isUnavailable(error)).toBe(false);
  });
});
