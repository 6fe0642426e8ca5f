import { randomBytes } from "node:crypto";
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
  await inServer(server, `CREATE DATABASE ${name} TEMPLATE ${inject("templateName")} STRATEGY file_copy`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, close: () => inServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function inServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
