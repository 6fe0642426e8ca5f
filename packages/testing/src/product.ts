import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { freshDatabase } from "./database";
import { createUser, type TestUser, type UserFacts } from "./factories";
import { mailsTo, tokenIn } from "./outbox";
import { runDueJobs } from "./run-jobs";

/** Somebody who is signed in, in a session that exists. */
export interface SignedIn extends TestUser {
  actor: { userId: string; role: TestUser["role"]; sessionId: string; scopes: readonly string[] };
}

interface Openable {
  database: { pool: Pool };
  auth: {
    passwords: { hash(password: string): Promise<string> };
    resume(sessionId: string): Promise<object | null>;
  };
  clock(): Date;
  close(): Promise<void>;
}

type Tasks = Parameters<typeof runDueJobs>[1];

/** The composition root of the API and its jobs, handed in: this package must not depend on what it tests. */
export interface ProductParts<Dependencies extends Openable> {
  openDependencies(options: typeof fixed & { dataDir: string; databaseUrl: string }): Promise<Dependencies>;
  createTasks(deps: Dependencies): Tasks;
}

export interface Product<Dependencies> {
  deps: Dependencies;
  sql: Pool["query"];
  person(facts?: UserFacts, options?: { signedInMinutesAgo?: number; password?: string }): Promise<SignedIn>;
  isSignedIn(person: SignedIn): Promise<boolean>;
  /** Runs all that is due, as of a clock of the test's own where it has one. */
  runJobs(clock?: () => Date): Promise<void>;
  /** The mails to an address, oldest first. */
  mails(address: string): Promise<string[]>;
  /** The secret in the link of the newest mail to an address. */
  newestToken(address: string): Promise<string>;
  close(): Promise<void>;
}

const fixed = {
  apiUrl: "http://localhost:4000",
  webUrl: "http://localhost:3000",
  assetsUrl: "http://localhost:4000/objects",
  mailFrom: "Parley <hello@example.test>",
  areLimitsOn: false,
  log: { info: () => {}, warn: () => {}, error: () => {} },
};

/** Everything that procedures need, real, over a database and a data directory of its own. */
export async function openProduct<Dependencies extends Openable>(
  parts: ProductParts<Dependencies>,
): Promise<Product<Dependencies>> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), "parley-product-"));
  const deps = await parts.openDependencies({ ...fixed, dataDir, databaseUrl: database.url });
  const { pool } = deps.database;
  const mails = (address: string) => mailsTo(path.join(dataDir, "outbox"), address);
  return {
    deps,
    sql: pool.query.bind(pool),
    async person(facts, { signedInMinutesAgo = 0, password } = {}) {
      const user = await createUser(pool, facts);
      const { rows } = await pool.query<{ id: string }>(
        `INSERT INTO sessions (id, user_id, created_at, expires_at)
         VALUES (uuidv7(), $1, now() - make_interval(mins => $2), now() + interval '30 days') RETURNING id`,
        [user.id, signedInMinutesAgo],
      );
      if (password !== undefined) {
        const hash = await deps.auth.passwords.hash(password);
        await pool.query("UPDATE users SET password_hash = $2 WHERE id = $1", [user.id, hash]);
      }
      const sessionId = rows[0]?.id ?? "";
      return { ...user, actor: { userId: user.id, role: user.role, sessionId, scopes: ["*"] } };
    },
    isSignedIn: async ({ actor }) => (await deps.auth.resume(actor.sessionId)) !== null,
    runJobs: (clock = deps.clock) => runDueJobs(pool, parts.createTasks({ ...deps, clock })),
    mails,
    newestToken: async (address) => tokenIn((await mails(address)).at(-1)),
    async close() {
      await deps.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
