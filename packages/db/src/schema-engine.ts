import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

/** The part of Prisma's schema engine that we use; the package ships no types. */
interface SchemaEngine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ stdout: string | null }>;
}

interface EngineModule {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: {
    new: (options: object, log: () => void, adapter: unknown) => Promise<SchemaEngine>;
  };
}

export interface SchemaFile {
  path: string;
  content: string;
}

/**
 * Runs Prisma's own schema engine, in its WebAssembly form: the native one would have to be downloaded.
 * The pool is ours, so that no connection outlives the call and blocks a `CREATE DATABASE … TEMPLATE`.
 */
export async function withSchemaEngine<T>(
  url: string,
  files: readonly SchemaFile[],
  act: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on("error", () => {});
  const restoreTimers = unrefTimers();
  try {
    return await act(await load(pool, files));
  } finally {
    restoreTimers();
    await pool.end();
  }
}

async function load(pool: pg.Pool, files: readonly SchemaFile[]): Promise<SchemaEngine> {
  // Found from this package, also where the bundle of an app holds this code.
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = (await import(pathToFileURL(file).href)) as EngineModule;
  const wasm = file.replace(/\.js$/, ".wasm");
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(readFileSync(wasm)), {
    "./schema_engine_bg.js": module as unknown as WebAssembly.ModuleImports,
  });
  module.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  return module.SchemaEngine.new({ datamodels: files.map(({ path, content }) => [path, content]) }, () => {}, adapter);
}

/**
 * Prisma's adapter cuts a script at every semicolon, also within a function's body or a comment. PostgreSQL takes a
 * script whole, and then all of it or nothing happens.
 */
class WholeScripts extends PrismaPg {
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.pool = pool;
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.pool.query(script);
    };
    return adapter;
  }
}

/** The engine arms a timer of ten seconds that it never clears; it must not hold the process open. */
function unrefTimers(): () => void {
  const original = globalThis.setTimeout;
  const unref = ((...args: Parameters<typeof setTimeout>) => original(...args).unref()) as typeof setTimeout;
  globalThis.setTimeout = unref;
  return () => {
    globalThis.setTimeout = original;
  };
}
