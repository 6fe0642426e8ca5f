import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AgeVerificationProvider, reviewByAdministrators } from "./rules";
import {
  approveAgeVerification,
  deleteDocument,
  getAgeDocument,
  getAgeVerification,
  listAgeVerifications,
  rejectAgeVerification,
  submitAgeVerification,
} from "./service";
import { createAgeVerificationStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let objects: ReturnType<typeof createRecordingObjects>;
let now: Date;
let warnings: string[];
let provider: AgeVerificationProvider;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE users CASCADE");
  await database.pool.query("SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs");
  objects = createRecordingObjects();
  now = new Date();
  warnings = [];
  provider = reviewByAdministrators;
});

const deps = (over: { database?: Database } = {}) => ({
  ageVerifications: createAgeVerificationStore(over.database ?? database),
  ageVerificationProvider: provider,
  objects,
  clock: () => now,
  log: { warn: (_: object, message: string) => void warnings.push(message) },
});
const person = async (facts: UserFacts = { role: "verified_user" }) => actorFor(await createUser(database.pool, facts));
const passport = (birthDate = "1990-05-17") => ({
  birthDate,
  document: new File(["%PDF-1.7 a passport"], "passport.png", { type: "image/png" }),
});
const pendingPage = { status: "pending", page: 1, perPage: 20 } as const;
async function pendingRequest() {
  const actor = await person();
  await submitAgeVerification(deps(), actor, passport());
  const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM age_verifications WHERE user_id = $1", [
    actor.userId,
  ]);
  return { actor, id: rows[0]?.id ?? "" };
}
const rowCount = async () =>
  (await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM age_verifications")).rows[0]?.n;
/** Runs what is due of the clean-up; mails are another test's concern. */
const runCleanUp = () =>
  runDueJobs(database.pool, {
    "hostOnboarding.deleteDocument": (payload) => deleteDocument(deps(), payload as { key: string }),
    "hostOnboarding.sendDecisionMail": async () => {},
  });

describe("submitting", () => {
  test("opens a request and keeps the document in private, under the type that its bytes prove", async () => {
    const actor = await person();
    expect(await getAgeVerification(deps(), actor)).toEqual({ status: "none", reason: null, submittedAt: null });

    const answer = await submitAgeVerification(deps(), actor, passport());

    expect(answer).toEqual({ status: "pending", reason: null, submittedAt: now.toISOString() });
    expect(await getAgeVerification(deps(), actor)).toEqual(answer);
    const [[key, object] = []] = [...objects.stored];
    expect(key).toMatch(/^private\/age-verifications\/[0-9a-f-]{36}$/);
    expect(object).toMatchObject({ contentType: "application/pdf", cacheControl: "private, no-store" });
  });

  test("stores nothing for a child, or for bytes that are no document, and names every field at fault", async () => {
    const actor = await person();
    const bad = {
      birthDate: "2020-01-01",
      document: new File(["<html>"], "passport.pdf", { type: "application/pdf" }),
    };
    await expect(submitAgeVerification(deps(), actor, bad)).rejects.toMatchObject({
      code: "validation_error",
      details: {
        birthDate: "must be at least 18 years ago",
        document: "must be a JPEG, PNG or WebP image or a PDF",
      },
    });
    expect(objects.calls).toEqual([]);
    expect(await rowCount()).toBe(0);
  });

  test("counts the age on today's date in UTC", async () => {
    const actor = await person();
    now = new Date("2026-11-20T23:59:59.999Z");
    await expect(submitAgeVerification(deps(), actor, passport("2008-11-21"))).rejects.toMatchObject({
      details: { birthDate: "must be at least 18 years ago" },
    });
    now = new Date("2026-11-21T00:00:00.000Z");
    expect(await submitAgeVerification(deps(), actor, passport("2008-11-21"))).toMatchObject({ status: "pending" });
  });

  test("is refused while a request is open, and once verified, before anything is stored", async () => {
    const { actor } = await pendingRequest();
    const verified = await person({ role: "verified_user", isAgeVerified: true });
    objects.calls.length = 0;
    for (const refused of [actor, verified]) {
      await expect(submitAgeVerification(deps(), refused, passport())).rejects.toMatchObject({ code: "conflict" });
    }
    expect(objects.calls).toEqual([]);
    expect(await getAgeVerification(deps(), verified)).toMatchObject({ status: "verified" });
  });

  test("opens another request after a rejection; the latest counts", async () => {
    const { actor, id } = await pendingRequest();
    const admin = await person({ role: "admin" });
    await rejectAgeVerification(deps(), admin, { id, reason: "The picture is blurred" });
    expect(await getAgeVerification(deps(), actor)).toMatchObject({
      status: "rejected",
      reason: "The picture is blurred",
    });

    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({ status: "pending", reason: null });
    expect(await rowCount()).toBe(2);
  });

  test("in parallel opens one request and leaves one document", async () => {
    const actor = await person();
    const settled = await Promise.allSettled(
      Array.from({ length: 5 }, () => submitAgeVerification(deps(), actor, passport())),
    );
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(4);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "conflict" });
    expect(await rowCount()).toBe(1);
    expect(objects.stored.size).toBe(1);
    const { items } = await listAgeVerifications(deps(), pendingPage);
    expect(await getAgeDocument(deps(), { id: items[0]?.id ?? "" })).toMatchObject({ contentType: "application/pdf" });
  });

  test("an account that has gone is told so", async () => {
    const actor = await person();
    await database.pool.query("UPDATE users SET deleted_at = now()");
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "unauthorized" });
    await expect(getAgeVerification(deps(), actor)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("a submission that fails half-way", () => {
  test("makes no row when the document cannot be stored", async () => {
    const actor = await person();
    objects.failing.add("put");
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toThrow("fails to put");
    expect(await rowCount()).toBe(0);
  });

  test("takes the document away when the account goes in between", async () => {
    const actor = await person();
    const put = objects.put;
    objects.put = async (...object) => {
      await put(...object);
      await database.pool.query("UPDATE users SET deleted_at = now()");
    };
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "unauthorized" });
    expect(objects.stored.size).toBe(0);
    expect(await rowCount()).toBe(0);
  });

  test("tells the refusal even where the document cannot be taken away; the clean-up does it later", async () => {
    const actor = await person();
    now = new Date("2020-01-01T00:00:00Z");
    const put = objects.put;
    objects.put = async (...object) => {
      await put(...object);
      await database.pool.query("UPDATE users SET deleted_at = now()");
    };
    objects.failing.add("delete");
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "unauthorized" });
    expect(warnings).toHaveLength(1);
    expect(objects.stored.size).toBe(1);

    objects.failing.clear();
    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });

  test("leaves the document to the clean-up when the database is lost in between", async () => {
    const actor = await person();
    now = new Date("2020-01-01T00:00:00Z");
    const doomed = openDatabase({ url: fresh.url });
    const put = objects.put;
    objects.put = async (...object) => {
      await put(...object);
      await doomed.close();
    };
    await expect(submitAgeVerification(deps({ database: doomed }), actor, passport())).rejects.toThrow();
    expect(objects.stored.size).toBe(1);
    expect(await rowCount()).toBe(0);

    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });

  test("the clean-up leaves a document alone that an open request owns", async () => {
    now = new Date("2020-01-01T00:00:00Z");
    await pendingRequest();
    await runCleanUp();
    expect(objects.stored.size).toBe(1);
  });
});

describe("deciding", () => {
  test("an approval verifies the age, and the document goes", async () => {
    const { actor, id } = await pendingRequest();
    const admin = await person({ role: "admin" });
    const request = await approveAgeVerification(deps(), admin, { id });

    expect(request).toMatchObject({
      id,
      userId: actor.userId,
      displayName: "Jane Smith",
      birthDate: "1990-05-17",
      status: "verified",
      reason: null,
      documentType: "application/pdf",
      decidedAt: now.toISOString(),
    });
    expect(await getAgeVerification(deps(), actor)).toMatchObject({ status: "verified", reason: null });
    const { rows } = await database.pool.query(
      `SELECT u.age_verified_at, a.document_key, a.decided_by_id
       FROM age_verifications a JOIN users u ON u.id = a.user_id WHERE a.id = $1`,
      [id],
    );
    expect(rows).toEqual([{ age_verified_at: now, document_key: null, decided_by_id: admin.userId }]);
    expect(objects.stored.size).toBe(1);
    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });

  test("a rejection tells why, verifies nothing, and the document goes as well", async () => {
    const { actor, id } = await pendingRequest();
    const admin = await person({ role: "admin" });
    const request = await rejectAgeVerification(deps(), admin, { id, reason: "It has expired" });
    expect(request).toMatchObject({ status: "rejected", reason: "It has expired" });
    expect(await getAgeVerification(deps(), actor)).toMatchObject({ status: "rejected", reason: "It has expired" });
    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });

  test("a second decision is refused, and so is one on a request that never was", async () => {
    const { id } = await pendingRequest();
    const admin = await person({ role: "admin" });
    await approveAgeVerification(deps(), admin, { id });
    await expect(approveAgeVerification(deps(), admin, { id })).rejects.toMatchObject({ code: "conflict" });
    await expect(rejectAgeVerification(deps(), admin, { id, reason: "x" })).rejects.toMatchObject({ code: "conflict" });
    const nobody = { id: "01932d2c-7f3b-7aaa-8bbb-000000000001" };
    await expect(approveAgeVerification(deps(), admin, nobody)).rejects.toMatchObject({ code: "not_found" });
  });

  test("of many administrators at once exactly one decides, and all that follows is theirs", async () => {
    const { actor, id } = await pendingRequest();
    const admins = await Promise.all(Array.from({ length: 8 }, () => person({ role: "admin" })));
    const settled = await Promise.allSettled(
      admins.map((admin, index) =>
        index % 2 === 0
          ? approveAgeVerification(deps(), admin, { id })
          : rejectAgeVerification(deps(), admin, { id, reason: `by ${index}` }),
      ),
    );
    const taken = settled.filter((result) => result.status === "fulfilled");
    expect(taken).toHaveLength(1);
    for (const result of settled) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
    }
    const decision = taken[0]?.value;
    expect(await getAgeVerification(deps(), actor)).toMatchObject({
      status: decision?.status,
      reason: decision?.reason,
    });
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'hostOnboarding.sendDecisionMail'",
    );
    expect(rows).toEqual([{ n: 1 }]);
    await runCleanUp();
  });

  test("no request slips in beside an approval, and neither stops the other", async () => {
    const admin = await person({ role: "admin" });
    const put = objects.put;
    for (let round = 0; round < 20; round += 1) {
      const actor = await person();
      let approval: Promise<unknown> | undefined;
      // While a request is on its way to its row, another comes first and is about to be approved.
      objects.put = async (...object) => {
        await put(...object);
        objects.put = put;
        await submitAgeVerification(deps(), actor, passport());
        const { items } = await listAgeVerifications(deps(), pendingPage);
        approval = approveAgeVerification(deps(), admin, { id: items[0]?.id ?? "" });
      };
      await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "conflict" });
      await expect(approval).resolves.toMatchObject({ userId: actor.userId, status: "verified" });
      expect(await listAgeVerifications(deps(), pendingPage)).toMatchObject({ total: 0 });
    }
    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });
});

describe("what administrators see", () => {
  test("requests by status: those who wait oldest first, the decided newest first, page by page", async () => {
    const admin = await person({ role: "admin" });
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      now = new Date(Date.UTC(2026, 0, 1 + index));
      ids.push((await pendingRequest()).id);
    }
    const idsOf = (page: { items: { id: string }[] }) => page.items.map((item) => item.id);
    const first = await listAgeVerifications(deps(), { status: "pending", page: 1, perPage: 2 });
    expect(first).toMatchObject({ page: 1, perPage: 2, total: 5 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(idsOf(await listAgeVerifications(deps(), { status: "pending", page: 3, perPage: 2 }))).toEqual(ids.slice(4));

    for (const id of ids.slice(0, 2)) await approveAgeVerification(deps(), admin, { id });
    expect(idsOf(await listAgeVerifications(deps(), { ...pendingPage, status: "verified" }))).toEqual([ids[1], ids[0]]);
    expect(idsOf(await listAgeVerifications(deps(), pendingPage))).toEqual(ids.slice(2));
    expect(idsOf(await listAgeVerifications(deps(), { ...pendingPage, page: 9 }))).toEqual([]);
    await runCleanUp();
  });

  test("the document while the request waits, and never after", async () => {
    const { id } = await pendingRequest();
    const admin = await person({ role: "admin" });
    const document = await getAgeDocument(deps(), { id });
    expect(document.contentType).toBe("application/pdf");
    expect(Buffer.from(document.bytes).toString()).toBe("%PDF-1.7 a passport");

    await rejectAgeVerification(deps(), admin, { id, reason: "It has expired" });
    // The object is still there: the job has not run.
    expect(objects.stored.size).toBe(1);
    await expect(getAgeDocument(deps(), { id })).rejects.toMatchObject({ code: "not_found" });
    await runCleanUp();
  });

  test("a document that the store has lost is not found, rather than a fault", async () => {
    const { id } = await pendingRequest();
    objects.stored.clear();
    await expect(getAgeDocument(deps(), { id })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a provider that decides by itself", () => {
  const answering = (answer: Awaited<ReturnType<AgeVerificationProvider["start"]>>): AgeVerificationProvider => ({
    name: "at once",
    start: async () => answer,
  });

  test("verifies at once", async () => {
    provider = answering({ outcome: "verified" });
    const actor = await person();
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({ status: "verified" });
    const { rows } = await database.pool.query("SELECT age_verified_at, role::text FROM users WHERE id = $1", [
      actor.userId,
    ]);
    expect(rows).toEqual([{ age_verified_at: now, role: "verified_user" }]);
    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });

  test("rejects at once, with its reason", async () => {
    provider = answering({ outcome: "rejected", reason: "The document is not genuine" });
    const actor = await person();
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({
      status: "rejected",
      reason: "The document is not genuine",
    });
    await runCleanUp();
    expect(objects.stored.size).toBe(0);
  });

  test("sees the request, once it is safely stored", async () => {
    const actor = await person();
    const seen: unknown[] = [];
    provider = {
      name: "watching",
      async start({ id, userId, birthDate, document }) {
        const isStored = objects.stored.has(`private/age-verifications/${id}`);
        seen.push({ userId, birthDate, contentType: document.contentType, isStored, rows: await rowCount() });
        return { outcome: "pending" };
      },
    };
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({ status: "pending" });
    expect(seen).toEqual([
      { userId: actor.userId, birthDate: "1990-05-17", contentType: "application/pdf", isStored: true, rows: 1 },
    ]);
  });

  test("leaves the request to administrators when it fails", async () => {
    provider = { name: "broken", start: () => Promise.reject(new Error("503 from elsewhere")) };
    const actor = await person();
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({ status: "pending" });
    expect(await listAgeVerifications(deps(), pendingPage)).toMatchObject({ total: 1 });
    expect(warnings).toHaveLength(1);
  });
});
