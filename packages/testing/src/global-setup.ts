import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "@parley/db/embedded";
import { migrate } from "@parley/db/migrate";
import type { TestProject } from "vitest/node";
import "./provided";

/** One PostgreSQL a run, with one migrated database from which every test file's own is cloned. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "parley-test-"));
  // Closed, it would send the server's files to where no test run clears them away.
  await chmod(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, fast: true });
  await migrate({ url: embedded.url });
  const template = new URL(embedded.url);
  const server = new URL(embedded.url);
  server.pathname = "postgres";
  project.provide("postgresUrl", server.href);
  project.provide("templateName", template.pathname.slice(1));
  return async () => {
    await embedded.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
