import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Dependencies, type Options, openDependencies } from "@parley/api/dependencies";
import { createTasks } from "@parley/api/worker";
import { freshDatabase } from "@parley/testing";
import { createUser, type UserFacts } from "@parley/testing/factories";
import { runDueJobs } from "@parley/testing/run-jobs";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { createServer } from "../server";
import { discoverSurfaces } from "../surfaces/discover";
import { webCookie } from "./web-cookie";

export interface Person {
  /** UUID. */
  id: string;
  email: string;
  username: string | null;
  token: string;
  /** The Cookie header of their browser, in the same session. */
  cookie: string;
  sessionId: string;
}

export interface TestApp {
  app: FastifyInstance;
  deps: Dependencies;
  dataDir: string;
  databaseUrl: string;
  /** Someone who is signed in, by default a `user` with nothing proven. */
  person(facts?: UserFacts): Promise<Person>;
  runJobs(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The real app over a database and a data directory of its own. Limits are off unless a test asks for them.
 * @param log What the app logs; by default nothing.
 */
export async function startTestApp(
  overrides: Partial<Options> = {},
  log: pino.Logger = pino({ level: "silent" }),
): Promise<TestApp> {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), "parley-rest-test-"));
  const options: Options = {
    dataDir,
    databaseUrl: database.url,
    apiUrl: "http://localhost:4000",
    webUrl: "http://localhost:3000",
    assetsUrl: "http://localhost:4000/objects",
    mailFrom: "Parley <hello@parley.localhost>",
    areLimitsOn: false,
    log,
    ...overrides,
  };
  const deps = await openDependencies(options);
  const surfaces = await discoverSurfaces();
  const app = await createServer(deps, {
    surfaces,
    isProxyTrusted: false,
    apiUrl: options.apiUrl,
    webUrl: options.webUrl,
    log,
  });
  await app.ready();
  return {
    app,
    deps,
    dataDir,
    databaseUrl: database.url,
    person: (facts) => signIn(deps, facts),
    runJobs: () => runDueJobs(deps.database.pool, createTasks(deps)),
    async close() {
      await app.close();
      await deps.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function signIn(deps: Dependencies, facts: UserFacts = {}): Promise<Person> {
  const user = await createUser(deps.database.pool, facts);
  const { rows } = await deps.database.pool.query<{ id: string }>(
    "INSERT INTO sessions (id, user_id, expires_at) VALUES (uuidv7(), $1, now() + interval '30 days') RETURNING id",
    [user.id],
  );
  const sessionId = rows[0]?.id ?? "";
  const { token } = await deps.auth.issueAccessToken({
    userId: user.id,
    email: user.email,
    role: user.role,
    sessionId,
  });
  const cookie = await webCookie(deps.auth, { userId: user.id, sessionId });
  return { id: user.id, email: user.email, username: user.username, token, cookie, sessionId };
}
