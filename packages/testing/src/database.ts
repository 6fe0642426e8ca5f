import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import "./provided";

export interface FreshDatabase {
  url: string;
  close(): Promise<void>;
}

/** A database of a test file's own, cloned from the migrated template. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await inServer(server, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${inject("templateName")} STRATEGY file_copy`),
  );
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, close: () => inServer(server, (client) => drop(client, name)) };
}

/**
 * The end of a pool is told before its connections are closed, and whoever is cut off while closing raises an error
 * that nobody hears: so they get a moment. A test that leaves connections open is cut off all the same.
 */
async function drop(client: pg.Client, name: string): Promise<void> {
  for (let look = 0; look < 20; look++) {
    const { rowCount } = await client.query("SELECT FROM pg_stat_activity WHERE datname = $1", [name]);
    if (rowCount === 0) break;
    await delay(25);
  }
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
}

async function inServer(url: string, act: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}
