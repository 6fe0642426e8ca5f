import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { createUser, type UserFacts } from "@parley/testing/factories";
import { type Auth, type AuthOptions, createAuth } from "../src/auth";

export const issuer = "https://api.example.test";
export const audience = "parley";

/** Two processes, as it were: each with its own pool and its own ear. */
export interface TwoProcesses {
  /** The database of both. */
  url: string;
  databaseHere: Database;
  databaseThere: Database;
  here: Auth;
  there: Auth;
  /** A person with a session, and the header that they send. */
  signIn(facts?: UserFacts): Promise<Session>;
  /** A statement about what has this id. */
  update(statement: string, id: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Session {
  userId: string;
  email: string;
  role: NonNullable<UserFacts["role"]>;
  sessionId: string;
  token: string;
  header: string;
}

export const authOn = ({ pool, changes }: Database, options: Partial<AuthOptions> = {}) =>
  createAuth({ pool, changes, secret: "a test's secret", issuer, audience, ...options });

export async function openTwoProcesses(): Promise<TwoProcesses> {
  const fresh = await freshDatabase();
  const databaseHere = openDatabase({ url: fresh.url });
  const databaseThere = openDatabase({ url: fresh.url });
  const here = authOn(databaseHere);
  const there = authOn(databaseThere);
  await Promise.all([databaseHere.changes.start(), databaseThere.changes.start()]);
  await Promise.all([here.start(), there.start()]);
  return {
    url: fresh.url,
    databaseHere,
    databaseThere,
    here,
    there,
    async signIn(facts = {}) {
      const { id: userId, email, role } = await createUser(databaseHere.pool, facts);
      const sessionId = randomUUID();
      await databaseHere.pool.query(
        "INSERT INTO sessions (id, user_id, expires_at) VALUES ($1, $2, now() + interval '30 days')",
        [sessionId, userId],
      );
      const { token } = await here.issueAccessToken({ userId, email, role, sessionId });
      return { userId, email, role, sessionId, token, header: `Bearer ${token}` };
    },
    update: (statement, id) => databaseHere.pool.query(statement, [id]),
    async close() {
      here.close();
      there.close();
      await databaseHere.close();
      await databaseThere.close();
      await fresh.close();
    },
  };
}
