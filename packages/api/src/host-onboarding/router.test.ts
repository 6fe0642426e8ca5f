import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../dependencies";
import { type Failure, toFailure } from "../failures";
import { createCaller } from "../router";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let dataDir: string;
let deps: Dependencies;

beforeAll(async () => {
  fresh = await freshDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "parley-onboarding-"));
  const quiet = () => {};
  deps = await openDependencies({
    dataDir,
    databaseUrl: fresh.url,
    apiUrl: "http://127.0.0.1:4000",
    webUrl: "http://127.0.0.1:3000",
    assetsUrl: "http://127.0.0.1:4000/objects",
    mailFrom: "Parley <hello@example.test>",
    areLimitsOn: false,
    log: { info: quiet, warn: quiet, error: quiet },
  });
});
afterAll(async () => {
  await deps.close();
  await fresh.close();
  await rm(dataDir, { recursive: true });
});

/** The domain's procedures, called by a person with these facts; null: by nobody. */
async function calling(facts: UserFacts | null) {
  const actor = facts === null ? null : actorFor(await createUser(deps.database.pool, facts));
  return createCaller({ actor, client: null, requestId: "test", deps }).hostOnboarding;
}
type Calls = Awaited<ReturnType<typeof calling>>;

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => Promise.reject(new Error("the call was not refused")),
    (error: unknown) => toFailure(error),
  );
}

const id = "01932d2c-7f3b-7aaa-8bbb-000000000001";
const passport = () => ({ birthDate: "1990-05-17", document: new File(["%PDF-1.7"], "a.pdf") });

/** Calls as a hostile or hurried client makes them: with no input that would be taken. */
const careless: Record<string, (calls: Calls) => Promise<unknown>> = {
  ageVerification: (calls) => calls.ageVerification(),
  submitAgeVerification: (calls) => calls.submitAgeVerification({} as never),
  ageVerifications: (calls) => calls.ageVerifications({ page: 0 }),
  ageDocument: (calls) => calls.ageDocument({ id: "x" }),
  approveAgeVerification: (calls) => calls.approveAgeVerification({ id: "x" }),
  rejectAgeVerification: (calls) => calls.rejectAgeVerification({ id: "x", reason: "" }),
  becomeHost: (calls) => calls.becomeHost({} as never),
  planRate: (calls) => calls.planRate({ ratePerMinuteCents: 1, windowSizeMinutes: 0 }),
  setRate: (calls) => calls.setRate({ ratePerMinuteCents: 1 }),
  setWindow: (calls) => calls.setWindow({ windowSizeMinutes: 0 }),
  setAvailable: (calls) => calls.setAvailable({ isAvailable: "yes" as never }),
};
const call = (calls: Calls, name: string) => careless[name]?.(calls) ?? Promise.resolve();

describe("who may call", () => {
  test.each(Object.keys(careless))("%s: nobody who is not signed in", async (name) => {
    expect(await failureOf(call(await calling(null), name))).toMatchObject({ code: "unauthorized" });
  });

  test.each([
    ["ageVerifications", ["user", "verified_user", "host"]],
    ["ageDocument", ["user", "verified_user", "host"]],
    ["approveAgeVerification", ["user", "verified_user", "host"]],
    ["rejectAgeVerification", ["user", "verified_user", "host"]],
    ["becomeHost", ["admin"]],
    ["planRate", ["host", "admin"]],
    ["setRate", ["user", "verified_user"]],
    ["setWindow", ["user", "verified_user", "admin"]],
    ["setAvailable", ["user", "verified_user", "admin"]],
  ] as const)("%s: never %s, whatever they send", async (name, roles) => {
    for (const role of roles) {
      expect(await failureOf(call(await calling({ role }), name))).toMatchObject({ code: "forbidden" });
    }
  });

  test.each([
    ["submitAgeVerification", "user"],
    ["ageVerifications", "admin"],
    ["ageDocument", "admin"],
    ["approveAgeVerification", "admin"],
    ["rejectAgeVerification", "admin"],
    ["becomeHost", "host"],
    ["planRate", "user"],
    ["setRate", "admin"],
    ["setRate", "host"],
    ["setWindow", "host"],
    ["setAvailable", "host"],
  ] as const)("%s: a bad request of a %s is told so before the state is looked at", async (name, role) => {
    const failure = await failureOf(call(await calling({ role }), name));
    expect(failure).toMatchObject({ code: "validation_error", details: expect.any(Object) });
  });
});

describe("the way to a host", () => {
  test("from an unproven age to being online", async () => {
    const actor = actorFor(await createUser(deps.database.pool, { role: "verified_user" }));
    const calls = createCaller({ actor, client: null, requestId: "test", deps });
    const administrators = await calling({ role: "admin" });
    const application = { username: "JaneCoach", bio: "Coach", ratePerMinuteCents: 250, windowSizeMinutes: 10 };

    expect(await calls.hostOnboarding.ageVerification()).toEqual({ status: "none", reason: null, submittedAt: null });
    expect(await failureOf(calls.hostOnboarding.becomeHost(application))).toMatchObject({ code: "forbidden" });
    expect(await calls.hostOnboarding.submitAgeVerification(passport())).toMatchObject({ status: "pending" });

    const { items } = await administrators.ageVerifications({});
    const request = items.find((item) => item.userId === actor.userId);
    const document = await administrators.ageDocument({ id: request?.id ?? "" });
    expect(Buffer.from(document.bytes).toString()).toBe("%PDF-1.7");
    await administrators.approveAgeVerification({ id: request?.id ?? "" });

    expect(await calls.hostOnboarding.becomeHost(application)).toMatchObject({ role: "host", username: "janecoach" });
    // The very same session: its role is read anew by whoever resolves the next call's actor.
    const host = createCaller({ actor: { ...actor, role: "host" }, client: null, requestId: "test", deps });
    expect(await host.hostOnboarding.setRate({ ratePerMinuteCents: 300 })).toEqual({ ratePerMinuteCents: 300 });
    expect(await host.hostOnboarding.setWindow({ windowSizeMinutes: 15 })).toEqual({ windowSizeMinutes: 15 });
    expect(await host.hostOnboarding.setAvailable()).toEqual({ isAvailable: true });
    expect(await host.profile.publicByUsername({ username: "janecoach" })).toMatchObject({
      bio: "Coach",
      isAvailable: true,
      ratePerMinuteCents: 300,
      windowSizeMinutes: 15,
    });
  });

  test("a form is taken as it comes from a browser", async () => {
    const form = new FormData();
    form.set("birthDate", "1990-05-17");
    form.set("document", new File(["%PDF-1.7"], "a.pdf"));
    const calls = await calling({ role: "user" });
    expect(await calls.submitAgeVerification(form as never)).toMatchObject({ status: "pending" });
  });

  test("a request that never was is not found", async () => {
    const administrators = await calling({ role: "admin" });
    for (const refused of [
      administrators.ageDocument({ id }),
      administrators.approveAgeVerification({ id }),
      administrators.rejectAgeVerification({ id, reason: "x" }),
    ]) {
      expect(await failureOf(refused)).toMatchObject({ code: "not_found" });
    }
  });
});
