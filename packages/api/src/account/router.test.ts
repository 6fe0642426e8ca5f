import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { mailsTo, tokenIn } from "@parley/testing/outbox";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../context";
import { type Dependencies, openDependencies } from "../dependencies";
import { type Failure, toFailure } from "../failures";
import { createCaller } from "../router";
import { accountJobs } from "./jobs";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let dataDir: string;
let deps: Dependencies;

const admin = { email: "admin@example.test", password: "the administrator's" };

beforeAll(async () => {
  fresh = await freshDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "parley-account-"));
  deps = await openDependencies({
    dataDir,
    databaseUrl: fresh.url,
    apiUrl: "https://api.example.test",
    webUrl: "https://parley.example.test",
    assetsUrl: "https://assets.example.test",
    mailFrom: "Parley <hello@example.test>",
    areLimitsOn: true,
    admin,
    log: { info() {}, warn() {}, error() {} },
  });
});
afterAll(async () => {
  await deps.close();
  await fresh.close();
  await rm(dataDir, { recursive: true });
});

/** Without an address a caller is not limited. */
function as(actor: Context["actor"], address?: string) {
  const client = address === undefined ? null : { address, userAgent: "Mozilla/5.0" };
  return createCaller({ actor, client, requestId: "test", deps }).account;
}

async function bearer({ accessToken }: { accessToken: string }) {
  const authentication = await deps.auth.authenticate(`Bearer ${accessToken}`);
  return as(authentication.kind === "authenticated" ? authentication.actor : null);
}

const failure = (attempt: Promise<unknown>): Promise<Failure> =>
  attempt.then(() => Promise.reject(new Error("it was not refused")), toFailure);

const password = "correct horse battery";

test("from registering to signing out", async () => {
  const email = "jane@example.test";
  const outbox = path.join(dataDir, "outbox");
  const runJobs = () => runDueJobs(deps.database.pool, accountJobs(deps));

  const registered = await as(null).register({ email: "Jane@Example.test", password, displayName: "Jane Smith" });
  const jane = await bearer(registered);
  await runJobs();
  await jane.resendVerification();
  await runJobs();
  const [, again] = await mailsTo(outbox, email);
  const { user } = await as(null).verifyEmail({ token: tokenIn(again) });
  expect(user).toEqual({ ...registered.user, role: "verified_user", emailVerified: true });

  const phone = await as(null).signIn({ email, password });
  expect(phone.user).toEqual(user);
  const pair = await as(null).refresh(phone);
  expect(Object.keys(pair).sort()).toEqual(["accessToken", "expiresIn", "refreshToken"]);
  const { items, total } = await jane.sessions({});
  expect([total, items.map(({ isCurrent }) => isCurrent).sort()]).toEqual([2, [false, true]]);
  const other = items.find(({ isCurrent }) => !isCurrent);
  await jane.endSession({ id: other?.id ?? "" });
  expect((await failure(as(null).refresh(pair))).code).toBe("unauthorized");

  await jane.changePassword({ currentPassword: password, newPassword: "staple of another kind" });
  await as(null).requestPasswordReset({ email });
  await runJobs();
  const reset = (await mailsTo(outbox, email)).find((mail) => mail.includes("/reset-password?token="));
  await as(null).confirmPasswordReset({ token: tokenIn(reset), password });
  const last = await as(null).signIn({ email, password });
  await (await bearer(last)).endOtherSessions();
  await as(null).signOut(last);
  expect((await failure(as(null).refresh(last))).code).toBe("unauthorized");
});

test("nobody registers as more than they are", async () => {
  const more = {
    role: "admin",
    emailVerified: true,
    isAgeVerified: true,
    payoutEnabled: true,
    createdAt: "2020-01-01",
  };
  const id = "01932d2c-7f3b-7aaa-8bbb-000000000001";
  const input = { email: "more@example.test", password, id, ...more };
  const { user } = await as(null).register(input);
  expect(user).toMatchObject({ role: "user", emailVerified: false });
  expect(user.id).not.toBe(id);
  const { rows } = await deps.database.pool.query(
    "SELECT age_verified_at, payout_enabled, created_at > now() - interval '1 hour' AS is_new FROM users WHERE id = $1",
    [user.id],
  );
  expect(rows).toEqual([{ age_verified_at: null, payout_enabled: false, is_new: true }]);
});

describe("what is missing or misshapen is named", () => {
  // Callers of a typed client cannot send these; others do.
  const send = (name: "register" | "signIn" | "confirmPasswordReset" | "refresh" | "findUsers", input: unknown) =>
    failure((as(null)[name] as (input: unknown) => Promise<unknown>)(input));

  test("when registering", async () => {
    expect(await send("register", { email: "no address", password: "short", displayName: " " })).toMatchObject({
      code: "validation_error",
      details: {
        email: "must be a valid e-mail address",
        password: "must be at least 8 characters",
        displayName: "must not be empty",
      },
    });
    expect((await send("register", {})).details).toEqual({ email: "is required", password: "is required" });
    const nul = { email: "a@example.test", password: "12345678\0", displayName: "a\0b" };
    expect(Object.keys((await send("register", nul)).details ?? {})).toEqual(["password", "displayName"]);
  });

  test("when signing in, but only what is missing", async () => {
    expect((await send("signIn", { email: "a@example.test" })).details).toEqual({ password: "is required" });
    expect((await send("signIn", { email: 7, password: null })).details).toEqual({
      email: "must be a string",
      password: "must be a string",
    });
    expect(await send("signIn", { email: "no address", password: "" })).toMatchObject({
      code: "invalid_credentials",
      details: null,
    });
  });

  test("when setting a password", async () => {
    expect((await send("confirmPasswordReset", { token: "", password: "short" })).details).toEqual({
      token: "must not be empty",
      password: "must be at least 8 characters",
    });
  });

  test("when refreshing", async () => {
    expect((await send("refresh", {})).details).toEqual({ refreshToken: "is required" });
  });
});

describe("who may call", () => {
  test("nobody who is not signed in asks for what is someone's own", async () => {
    const anyone = as(null);
    const id = "01932d2c-7f3b-7aaa-8bbb-000000000001";
    const attempts = [
      anyone.resendVerification(),
      anyone.changePassword({ currentPassword: "", newPassword: password }),
      anyone.sessions({}),
      anyone.endSession({ id }),
      anyone.endOtherSessions(),
      anyone.findUsers({}),
    ];
    const codes = await Promise.all(attempts.map(async (attempt) => (await failure(attempt)).code));
    expect(codes).toEqual(Array(6).fill("unauthorized"));
  });

  test("only administrators find people; the role is asked for before the shape", async () => {
    for (const role of ["user", "verified_user", "host"] as const) {
      const caller = as(actorFor(await createUser(deps.database.pool, { role })));
      expect((await failure(caller.findUsers({ perPage: 1000 }))).code).toBe("forbidden");
    }
    const boss = await bearer(await as(null).signIn(admin));
    expect((await boss.findUsers({ q: admin.email })).items).toMatchObject([{ email: admin.email, role: "admin" }]);
    expect((await failure(boss.findUsers({ perPage: 1000 }))).details).toEqual({ perPage: "must be at most 100" });
  });
});

describe("how often one address may try", () => {
  const codesOf = async (times: number, attempt: (i: number) => Promise<unknown>) => {
    const codes: string[] = [];
    for (let i = 0; i < times; i++)
      codes.push(
        await attempt(i).then(
          () => "done",
          (error) => toFailure(error).code,
        ),
      );
    return codes;
  };

  test("to register: 3 times an hour", async () => {
    const caller = as(null, "198.51.100.1");
    const codes = await codesOf(4, (i) => caller.register({ email: `limited-${i}@example.test`, password }));
    expect(codes).toEqual(["done", "done", "done", "rate_limited"]);
  });

  test("to sign in: 5 times in 15 minutes, whether right or wrong", async () => {
    const caller = as(null, "198.51.100.2");
    const codes = await codesOf(6, (i) => caller.signIn(i === 2 ? admin : { ...admin, password: "wrong" }));
    const wrong = "invalid_credentials";
    expect(codes).toEqual([wrong, wrong, "done", wrong, wrong, "rate_limited"]);
    expect(await codesOf(1, () => as(null, "198.51.100.3").signIn(admin))).toEqual(["done"]);
  });

  test("to reset passwords: 10 times an hour, asking and confirming together", async () => {
    const caller = as(null, "198.51.100.4");
    const codes = await codesOf(11, (i) =>
      i % 2 === 0
        ? caller.requestPasswordReset({ email: "nobody@example.test" })
        : caller.confirmPasswordReset({ token: "et_unknown", password }),
    );
    const pairs = Array.from({ length: 5 }, () => ["done", "validation_error"]).flat();
    expect(codes).toEqual([...pairs, "rate_limited"]);
  });
});
