import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type FreshDatabase, freshDatabase } from "@parley/testing";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate, migrationSql } from "./migrate";

const ours = path.resolve(import.meta.dirname, "../../../prisma");
let database: FreshDatabase;
let pool: pg.Pool;
let prismaDir: string;

beforeEach(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  prismaDir = await mkdtemp(path.join(tmpdir(), "parley-prisma-"));
  await cp(ours, prismaDir, { recursive: true });
});
afterEach(async () => {
  await pool.end();
  await database.close();
  await rm(prismaDir, { recursive: true, force: true });
});

/** As if nothing had ever been applied. */
async function empty(): Promise<void> {
  await pool.query("DROP SCHEMA public CASCADE; DROP SCHEMA graphile_worker CASCADE; CREATE SCHEMA public");
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(prismaDir, "migrations", name));
  await writeFile(path.join(prismaDir, "migrations", name, "migration.sql"), sql);
}

const tables = async (pattern: string) =>
  (
    await pool.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname LIKE $1 ORDER BY 1",
      [pattern],
    )
  ).rows.map(({ name }) => name);

it("brings an empty database to the present, with the tables of jobs, and then finds nothing to do", async () => {
  await empty();
  const applied = await migrate({ url: database.url });
  expect(applied).toContain("20261121000000_initial");
  expect(await tables("users")).toEqual(["users"]);
  expect(await tables("\\_private\\_jobs")).toEqual(["_private_jobs"]);
  expect(await migrate({ url: database.url })).toEqual([]);
});

it("agrees with the schema that Prisma's client is made from", async () => {
  expect(await migrationSql({ url: database.url })).not.toMatch(/^\s*(CREATE|ALTER|DROP)/m);
});

it("writes the SQL of a change in the schema", async () => {
  await writeFile(
    path.join(prismaDir, "schema/pets.prisma"),
    'model Pet {\n  id String @id @db.Uuid\n  @@map("pets")\n}\n',
  );
  const sql = await migrationSql({ url: database.url, prismaDir });
  expect(sql).toMatch(/CREATE TABLE "pets"/);
  await addMigration("20990101000000_pets", sql);
  expect(await migrate({ url: database.url, prismaDir })).toEqual(["20990101000000_pets"]);
  expect(await migrationSql({ url: database.url, prismaDir })).not.toMatch(/CREATE TABLE/);
});

it("takes bodies of functions and comments with semicolons as they are", async () => {
  await addMigration(
    "20990101000000_function",
    `-- One; two.
     CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;
     CREATE TABLE twos AS SELECT two() AS n;`,
  );
  await migrate({ url: database.url, prismaDir });
  expect((await pool.query("SELECT n FROM twos")).rows).toEqual([{ n: 2 }]);
});

it("applies all of a migration or nothing, and says which one failed", async () => {
  await addMigration("20990101000000_broken", "CREATE TABLE half (n int); SELECT 1 / 0;");
  await expect(migrate({ url: database.url, prismaDir })).rejects.toThrow(/20990101000000_broken/);
  expect(await tables("half")).toEqual([]);
  // It stays failed until somebody looks at it.
  await expect(migrate({ url: database.url, prismaDir })).rejects.toThrow(/20990101000000_broken/);
});

it("is safe when processes start together", async () => {
  await empty();
  const applied = await Promise.all([1, 2].map(() => migrateInAnotherProcess()));
  expect(applied.flat().filter((name) => name === "20261121000000_initial")).toHaveLength(1);
  expect(await tables("users")).toEqual(["users"]);
});

it("leaves no connection behind, so that the database can be a template at once", async () => {
  await empty();
  await migrateInAnotherProcess();
  const { rows } = await pool.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  expect(rows).toEqual([]);
});

/** A process of its own, because two migrations at once in one process share their engine. */
async function migrateInAnotherProcess(): Promise<string[]> {
  const script = path.resolve(import.meta.dirname, "../test/migrate-once.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, database.url], {
    cwd: path.resolve(import.meta.dirname, ".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  return JSON.parse(output) as string[];
}
