import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { EngineAdapter } from "./schema-engine-adapter";

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
  pool.on("error", () => {}).on("connect", (client) => client.on("error", () => {}));
  const restoreTimers = unrefTimers();
  try {
    loading ??= load();
    const { SchemaEngine } = await loading;
    const adapter = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool));
    const datamodels = files.map(({ path, content }) => [path, content]);
    const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter);
    return await Promise.race([act(engine), panic]);
  } finally {
    restoreTimers();
    await pool.end();
  }
}

/** Once a process: the package keeps its instance in a variable of its own, and a second one corrupts the first. */
let loading: Promise<EngineModule> | undefined;

/** Where the engine's WebAssembly dies, no promise of its is ever kept. This one breaks instead. */
let panic: Promise<never>;

async function load(): Promise<EngineModule> {
  panic = new Promise((_, reject) => {
    const registry = { set_message: (message: string) => reject(new Error(`The schema engine failed: ${message}`)) };
    // The name is Prisma's; without the object the message would be lost in a TypeError that ends the process.
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  });
  panic.catch(() => {});
  // Found from this package, also where the bundle of an app holds this code.
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = (await import(pathToFileURL(file).href)) as EngineModule;
  const wasm = file.replace(/\.js$/, ".wasm");
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(readFileSync(wasm)), {
    "./schema_engine_bg.js": module as unknown as WebAssembly.ModuleImports,
  });
  module.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return module;
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
