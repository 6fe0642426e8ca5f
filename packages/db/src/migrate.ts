import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { migrateJobs } from "./jobs";
import { type SchemaFile, withSchemaEngine } from "./schema-engine";

export interface MigrateOptions {
  url: string;
  /** The folder that holds `schema/` and `migrations/`. Default: found above this file. */
  prismaDir?: string;
  log?(message: string): void;
}

// Any number, as long as every process of this product takes the same one.
const lockKey = 7_275_395;
const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that a database lacks, then the job runner's. With nothing to do it costs two statements.
 * Processes that start together wait for the first.
 * @returns the names applied.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const prismaDir = options.prismaDir ?? findPrismaDir();
  const names = migrationNames(prismaDir);
  const client = new pg.Client({ connectionString: options.url });
  // A loss shows in the statement that it breaks; unheard, it would end the process as well.
  client.on("error", () => {});
  await client.connect();
  try {
    if (await isCurrent(client, names)) return [];
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    if (await isCurrent(client, names)) return [];
    options.log?.("applying database migrations");
    const applied = await withSchemaEngine(options.url, schemaFiles(prismaDir), async (engine) => {
      const result = await engine.applyMigrations({ migrationsList: migrationsList(prismaDir, names), filters });
      return result.appliedMigrationNames;
    });
    const pool = new pg.Pool({ connectionString: options.url, max: 2 });
    pool.on("error", () => {}).on("connect", (connected) => connected.on("error", () => {}));
    await migrateJobs(pool).finally(() => pool.end());
    return applied;
  } finally {
    await client.end();
  }
}

/** SQL that leads from the migrated database at `url` to the schema files; empty where they agree. */
export async function migrationSql(options: { url: string; prismaDir?: string }): Promise<string> {
  const prismaDir = options.prismaDir ?? findPrismaDir();
  const files = schemaFiles(prismaDir);
  return withSchemaEngine(options.url, files, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaDir },
      to: { tag: "schemaDatamodel", files },
      script: true,
      shadowDatabaseUrl: null,
      exitCode: null,
      filters,
    });
    return stdout ?? "";
  });
}

async function isCurrent(client: pg.Client, names: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AND to_regclass('graphile_worker.migrations') IS NOT NULL AS ready",
  );
  if (!rows[0]?.ready) return false;
  const applied = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const known = new Set(applied.rows.map((row) => row.migration_name));
  return names.every((name) => known.has(name));
}

function migrationNames(prismaDir: string): string[] {
  const folder = path.join(prismaDir, "migrations");
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "migration.sql")))
    .sort();
}

function migrationsList(prismaDir: string, names: readonly string[]): object {
  const baseDir = path.join(prismaDir, "migrations");
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(path.join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
    shadowDbInitScript: "",
  };
}

function schemaFiles(prismaDir: string): SchemaFile[] {
  const folder = path.join(prismaDir, "schema");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => ({ path: name, content: readFileSync(path.join(folder, name), "utf8") }));
}

/** The workspace's `prisma` folder, wherever below it this file runs from: source and bundle alike. */
function findPrismaDir(): string {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "pnpm-workspace.yaml"))) return path.join(folder, "prisma");
  }
  throw new Error("The prisma folder was not found; pass prismaDir");
}
