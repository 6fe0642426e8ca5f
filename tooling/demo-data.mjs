import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, run, say } from "./bootstrap.mjs";

const folder = path.join(root, "tooling/demo");

/**
 * Loads the demo data unless this data directory says that its database has it.
 * @param {Record<string, string>} env what the apps run with
 */
export async function loadDemoDataOnce(env) {
  if (!existsSync(folder)) return;
  const marker = path.join(env.DATA_DIR, "demo.json");
  // A data directory may be pointed at another database later on; that one starts empty.
  const database = createHash("sha256")
    .update(env.DATABASE_URL ?? "")
    .digest("hex");
  if (existsSync(marker) && JSON.parse(readFileSync(marker, "utf8")).database === database) return;
  say("Loading the demo data…");
  await run(path.join(root, "node_modules/.bin/pnpm"), ["--silent", "--dir", folder, "run", "load"], { env });
  mkdirSync(env.DATA_DIR, { recursive: true });
  writeFileSync(marker, `${JSON.stringify({ database, loadedAt: new Date().toISOString() })}\n`);
}

/** The demo accounts that a person can sign in with: `[{ role, email, password }]`. */
export function demoLogins() {
  const file = path.join(folder, "logins.json");
  if (!existsSync(file)) return [];
  const { password, emails } = JSON.parse(readFileSync(file, "utf8"));
  return Object.entries(emails).map(([role, email]) => ({ role, email, password }));
}
