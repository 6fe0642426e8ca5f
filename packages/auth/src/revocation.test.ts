import { openDatabase } from "@parley/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authOn, openTwoProcesses, type TwoProcesses } from "../test/two-processes";
import type { Auth } from "./auth";

let processes: TwoProcesses;
let here: Auth;
let there: Auth;
const signIn: TwoProcesses["signIn"] = (facts) => processes.signIn(facts);
const update: TwoProcesses["update"] = (statement, id) => processes.update(statement, id);

beforeAll(async () => {
  processes = await openTwoProcesses();
  ({ here, there } = processes);
});
afterAll(() => processes.close());

describe("what happens to a session is seen by every process within a second", () => {
  const invalid = { kind: "invalid" };
  const events: [string, string, "sessionId" | "userId", object][] = [
    ["it is ended", "UPDATE sessions SET ended_at = now() WHERE id = $1", "sessionId", invalid],
    ["its row is deleted", "DELETE FROM sessions WHERE id = $1", "sessionId", invalid],
    ["its user is deleted", "UPDATE users SET deleted_at = now() WHERE id = $1", "userId", invalid],
    ["its user's row is deleted", "DELETE FROM users WHERE id = $1", "userId", invalid],
    [
      "its user gets another role",
      "UPDATE users SET role = 'admin' WHERE id = $1",
      "userId",
      { kind: "authenticated", actor: { role: "admin" } },
    ],
  ];

  test.each(events)("%s", async (_event, statement, key, expected) => {
    const session = await signIn();
    for (const auth of [here, there]) {
      expect(await auth.authenticate(session.header)).toMatchObject({ kind: "authenticated", actor: { role: "user" } });
    }
    await update(statement, session[key]);
    await Promise.all(
      [here, there].map((auth) =>
        expect.poll(() => auth.authenticate(session.header), { timeout: 1_000, interval: 5 }).toMatchObject(expected),
      ),
    );
  });

  test("but other sessions of the same user live on", async () => {
    const [ended, other] = [await signIn(), await signIn()];
    await update("UPDATE sessions SET ended_at = now() WHERE id = $1", ended.sessionId);
    await expect.poll(() => here.authenticate(ended.header), { timeout: 1_000, interval: 5 }).toEqual(invalid);
    expect(await here.authenticate(other.header)).toMatchObject({ kind: "authenticated" });
  });
});

describe("while the change feed is down", () => {
  test("nothing stale is served: the database is asked each time", async () => {
    const deaf = openDatabase({ url: processes.url });
    await deaf.changes.start();
    const auth = authOn(deaf);
    const session = await signIn();
    expect(await auth.authenticate(session.header)).toMatchObject({ kind: "authenticated" });
    await deaf.changes.close();
    expect(await auth.authenticate(session.header)).toMatchObject({ actor: { role: "user" } });
    await update("UPDATE users SET role = 'verified_user' WHERE id = $1", session.userId);
    expect(await auth.authenticate(session.header)).toMatchObject({ actor: { role: "verified_user" } });
    await update("UPDATE sessions SET ended_at = now() WHERE id = $1", session.sessionId);
    expect(await auth.authenticate(session.header)).toEqual({ kind: "invalid" });
    auth.close();
    await deaf.close();
  });

  test("a session ended meanwhile is refused once the feed is back, too", async () => {
    const session = await signIn();
    expect(await there.authenticate(session.header)).toMatchObject({ kind: "authenticated" });
    await processes.databaseHere.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parley-changes' AND datname = current_database()",
    );
    await update("UPDATE sessions SET ended_at = now() WHERE id = $1", session.sessionId);
    await expect
      .poll(() => there.authenticate(session.header), { timeout: 1_000, interval: 5 })
      .toEqual({ kind: "invalid" });
    await expect.poll(() => processes.databaseThere.changes.isLive(), { timeout: 10_000 }).toBe(true);
    expect(await there.authenticate(session.header)).toEqual({ kind: "invalid" });
  });
});
