import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { toFailure } from "../../failures";
import { createCaller } from "../../router";
import { createTasks } from "../../worker";
import { undoEmailChange } from "../email-change/service";
import { confirmPasswordReset } from "../password/service";
import { maxApiTokens } from "./rules";
import type { CreateApiToken } from "./schema";
import { createApiToken, endApiToken, listApiTokens } from "./service";

let product: Product<Dependencies>;
let now: Date;
const password = "correct horse battery";

beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());
beforeEach(() => {
  now = new Date();
});

const deps = () => ({ ...product.deps, clock: () => now });
const person = (signedInMinutesAgo = 0) => product.person({}, { signedInMinutesAgo, password });
const make = ({ actor }: SignedIn, input: Partial<CreateApiToken> = {}) =>
  createApiToken(deps(), actor, { name: "Script", scopes: ["profile:read"], ...input });
const kindOf = async (token: string) => (await product.deps.auth.authenticate(`Bearer ${token}`)).kind;
const daysLater = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
/** Calls as a program that has a token does. */
async function by(token: string) {
  const authentication = await product.deps.auth.authenticate(`Bearer ${token}`);
  const actor = authentication.kind === "authenticated" ? authentication.actor : null;
  return createCaller({ actor, client: null, requestId: "test", deps: product.deps });
}
const failure = (attempt: Promise<unknown>) =>
  attempt.then(() => Promise.reject(new Error("it was not refused")), toFailure);

describe("a new API token", () => {
  test("is shown once, and stands in the list by its name and last characters", async () => {
    const ann = await person();
    const { token, ...facts } = await make(ann, { scopes: ["profile:read", "devices:write"], expiresInDays: 30 });
    expect(token).toMatch(/^il_tok_[\w-]{43}$/);
    expect(facts).toEqual({
      ...{ id: expect.any(String), name: "Script", hint: token.slice(-4), scopes: ["profile:read", "devices:write"] },
      ...{ createdAt: now.toISOString(), expiresAt: daysLater(30).toISOString(), lastUsedAt: null },
    });
    expect(await listApiTokens(deps(), ann.actor)).toEqual([facts]);
    expect(await kindOf(token)).toBe("authenticated");
  });

  test("expires when it was asked to, or never", async () => {
    const ann = await person();
    expect((await make(ann, { expiresInDays: 1 })).expiresAt).toBe(daysLater(1).toISOString());
    for (const expiresInDays of [null, undefined]) expect((await make(ann, { expiresInDays })).expiresAt).toBeNull();
  });

  test("is made for the account's owner alone", async () => {
    const ann = await person(11);
    await expect(make(ann)).rejects.toMatchObject({ code: "forbidden" });
    await expect(make(ann, { password: "another" })).rejects.toMatchObject({ details: { password: "is wrong" } });
    expect(await listApiTokens(deps(), ann.actor)).toEqual([]);
    await make(ann, { password });
  });

  test("is told of by mail, which does not hold it", async () => {
    const ann = await person();
    const { token } = await make(ann, { name: "Nightly <b>backup</b>" });
    await product.runJobs();
    const mails = await product.mails(ann.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain("A new API token for your account");
    expect(mails[0]).toContain("http://localhost:3000/settings/api-tokens");
    expect(mails.join()).not.toContain(token);
  });

  test(`is the last of ${maxApiTokens}, however many are asked for at once`, async () => {
    const ann = await person();
    const spare = 3;
    await product.sql(
      `INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes)
       SELECT uuidv7(), $1, 'Old', sha256(n::text::bytea), 'abcd', '{}' FROM generate_series(1, $2::int) n`,
      [ann.id, maxApiTokens - spare],
    );
    const outcomes = await Promise.allSettled(Array.from({ length: 2 * spare }, () => make(ann)));
    const refused = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason.code);
    expect(refused).toEqual(new Array(spare).fill("conflict"));
    const [one] = await listApiTokens(deps(), ann.actor);
    await endApiToken(deps(), ann.actor, { id: one?.id ?? "" });
    await make(ann);
    expect(await listApiTokens(deps(), ann.actor)).toHaveLength(maxApiTokens);
  });

  test("is not made for somebody who is being deleted", async () => {
    const ann = await person();
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.id]);
    await expect(make(ann)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("what the input may be", () => {
  const ask = async (input: object) => {
    const { actor } = await person();
    const caller = createCaller({ actor, client: null, requestId: "test", deps: product.deps });
    return caller.account.createApiToken(input as CreateApiToken);
  };

  test("scopes are kept once each, in the list's own order", async () => {
    const { scopes } = await ask({ name: " Mine ", scopes: ["profile:write", "devices:read", "profile:write"] });
    expect(scopes).toEqual(["devices:read", "profile:write"]);
  });

  test.each([
    [{ scopes: [] }, "scopes"],
    [{ scopes: ["*"] }, "scopes.0"],
    [{ scopes: ["account:admin"] }, "scopes.0"],
    [{ scopes: ["organizations:read"] }, "scopes.0"],
    [{ name: " " }, "name"],
    [{ name: "x".repeat(81) }, "name"],
    [{ name: "a\0b" }, "name"],
    [{ expiresInDays: 0 }, "expiresInDays"],
    [{ expiresInDays: 1.5 }, "expiresInDays"],
    [{ expiresInDays: 3_651 }, "expiresInDays"],
  ])("%j is refused", async (wrong, field) => {
    const { code, details } = await failure(ask({ name: "Script", scopes: ["profile:read"], ...wrong }));
    expect([code, Object.keys(details ?? {})]).toEqual(["validation_error", [field]]);
  });
});

describe("an API token opens", () => {
  test("what its scopes say: to read is not to write, and one domain is not another", async () => {
    const caller = await by((await make(await person(), { scopes: ["profile:read"] })).token);
    expect(await caller.profile.me()).toMatchObject({ role: "user" });
    expect(await failure(caller.profile.update({ displayName: "Other" }))).toMatchObject({
      ...{ code: "forbidden", message: "This API token lacks the scope profile:write" },
      missingScope: "profile:write",
    });
    expect(await failure(caller.devices.list({}))).toMatchObject({ missingScope: "devices:read" });
  });

  test("nothing that needs somebody who signed in, whatever its scopes", async () => {
    const ann = await person();
    const caller = await by((await make(ann, { scopes: ["account:read", "account:write"] })).token);
    const attempts = [
      caller.account.createApiToken({ name: "Another", scopes: ["account:write"], password }),
      caller.account.apiTokens(),
      caller.account.changePassword({ currentPassword: password, newPassword: "staple of another kind" }),
      caller.account.sessions({}),
      caller.account.requestDeletion({ password }),
      caller.account.exportData(),
    ];
    for (const attempt of attempts) expect(await failure(attempt)).toMatchObject({ code: "forbidden" });
    expect(await listApiTokens(deps(), ann.actor)).toHaveLength(1);
    expect(await product.isSignedIn(ann)).toBe(true);
  });

  test("a change of address only to who knows the password: there is no fresh sign-in", async () => {
    const caller = await by((await make(await person(), { scopes: ["account:write"] })).token);
    const newEmail = "moves@example.test";
    expect(await failure(caller.account.requestEmailChange({ newEmail }))).toMatchObject({ code: "forbidden" });
    expect(await caller.account.requestEmailChange({ newEmail, password })).toEqual({ email: newEmail });
  });

  test("to anybody's eyes what anybody may see, where the scope is lacking", async () => {
    const ann = await product.person({ role: "host", username: "ann-has-tokens" });
    const caller = await by((await make(ann, { scopes: ["devices:read"] })).token);
    expect(await caller.profile.publicByUsername({ username: "ann-has-tokens" })).toMatchObject({ id: ann.id });
  });
});

describe("an API token ends", () => {
  test("when its owner ends it, and nobody else", async () => {
    const [ann, bob] = [await person(), await person()];
    const { id, token } = await make(ann);
    await expect(endApiToken(deps(), bob.actor, { id })).rejects.toMatchObject({ code: "not_found" });
    expect(await kindOf(token)).toBe("authenticated");
    await endApiToken(deps(), ann.actor, { id });
    await expect.poll(() => kindOf(token)).toBe("invalid");
    await expect(endApiToken(deps(), ann.actor, { id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("when the password is set anew by mail, but not when its owner changes it", async () => {
    const ann = await person();
    const { token } = await make(ann);
    const caller = createCaller({ actor: ann.actor, client: null, requestId: "test", deps: product.deps });
    await caller.account.changePassword({ currentPassword: password, newPassword: "staple of another kind" });
    expect(await kindOf(token)).toBe("authenticated");
    await product.runJobs();
    await caller.account.requestPasswordReset({ email: ann.email });
    await product.runJobs();
    await confirmPasswordReset(deps(), { token: await product.newestToken(ann.email), password });
    await expect.poll(() => kindOf(token)).toBe("invalid");
  });

  test("when a change of address is undone by whoever has the old one", async () => {
    const ann = await person();
    const { token } = await make(ann);
    await product.runJobs();
    const caller = createCaller({ actor: ann.actor, client: null, requestId: "test", deps: product.deps });
    await caller.account.requestEmailChange({ newEmail: "thief@example.test", password });
    await product.runJobs();
    await undoEmailChange(deps(), { token: await product.newestToken(ann.email) });
    await expect.poll(() => kindOf(token)).toBe("invalid");
  });

  test("with its time, and is forgotten 30 days later", async () => {
    const ann = await person();
    await make(ann, { name: "Short", expiresInDays: 1 });
    await make(ann, { name: "Long", expiresInDays: 40 });
    await make(ann, { name: "For ever" });
    const names = async () => (await listApiTokens(deps(), ann.actor)).map(({ name }) => name).sort();
    await product.deps.apiTokens.deleteExpired(daysLater(30));
    expect(await names()).toEqual(["For ever", "Long", "Short"]);
    await product.deps.apiTokens.deleteExpired(daysLater(32));
    expect(await names()).toEqual(["For ever", "Long"]);
  });
});

test("no token lies in the database or its queue in clear", async () => {
  const ann = await person();
  const { token } = await make(ann, { scopes: ["profile:read"] });
  await (await by(token)).profile.me();
  const { rows: tables } = await product.sql(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  expect(tables.length).toBeGreaterThan(30);
  const secret = token.slice("il_tok_".length);
  const inHex = Buffer.from(secret).toString("hex");
  for (const { name } of tables) {
    const { rows } = await product.sql(
      `SELECT count(*)::int AS n FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0`,
      [secret, inHex],
    );
    expect([name, rows[0].n]).toEqual([name, 0]);
  }
});
