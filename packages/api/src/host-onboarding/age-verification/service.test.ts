import { openDatabase } from "@parley/db";
import { describe, expect, test } from "vitest";
import { passport, pendingPage, useAgeVerifications } from "../../../test/age-verifications";
import type { AgeVerificationProvider } from "./rules";
import {
  getAgeDocument,
  getAgeVerification,
  listAgeVerifications,
  rejectAgeVerification,
  submitAgeVerification,
} from "./service";

const stage = useAgeVerifications();
const { deps, person, pendingRequest, rowCount, runCleanUp } = stage;

describe("submitting", () => {
  test("opens a request and keeps the document in private, under the type that its bytes prove", async () => {
    const actor = await person();
    expect(await getAgeVerification(deps(), actor)).toEqual({ status: "none", reason: null, submittedAt: null });

    const answer = await submitAgeVerification(deps(), actor, passport());

    expect(answer).toEqual({ status: "pending", reason: null, submittedAt: stage.now.toISOString() });
    expect(await getAgeVerification(deps(), actor)).toEqual(answer);
    const [[key, object] = []] = [...stage.objects.stored];
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
    expect(stage.objects.calls).toEqual([]);
    expect(await rowCount()).toBe(0);
  });

  test("counts the age on today's date in UTC", async () => {
    const actor = await person();
    stage.now = new Date("2026-11-20T23:59:59.999Z");
    await expect(submitAgeVerification(deps(), actor, passport("2008-11-21"))).rejects.toMatchObject({
      details: { birthDate: "must be at least 18 years ago" },
    });
    stage.now = new Date("2026-11-21T00:00:00.000Z");
    expect(await submitAgeVerification(deps(), actor, passport("2008-11-21"))).toMatchObject({ status: "pending" });
  });

  test("is refused while a request is open, and once verified, before anything is stored", async () => {
    const { actor } = await pendingRequest();
    const verified = await person({ role: "verified_user", isAgeVerified: true });
    stage.objects.calls.length = 0;
    for (const refused of [actor, verified]) {
      await expect(submitAgeVerification(deps(), refused, passport())).rejects.toMatchObject({ code: "conflict" });
    }
    expect(stage.objects.calls).toEqual([]);
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
    expect(stage.objects.stored.size).toBe(1);
    const { items } = await listAgeVerifications(deps(), pendingPage);
    expect(await getAgeDocument(deps(), { id: items[0]?.id ?? "" })).toMatchObject({ contentType: "application/pdf" });
  });

  test("an account that has gone is told so", async () => {
    const actor = await person();
    await stage.database.pool.query("UPDATE users SET deleted_at = now()");
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "unauthorized" });
    await expect(getAgeVerification(deps(), actor)).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("a submission that fails half-way", () => {
  test("makes no row when the document cannot be stored", async () => {
    const actor = await person();
    stage.objects.failing.add("put");
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toThrow("fails to put");
    expect(await rowCount()).toBe(0);
  });

  test("takes the document away when the account goes in between", async () => {
    const actor = await person();
    const put = stage.objects.put;
    stage.objects.put = async (...object) => {
      await put(...object);
      await stage.database.pool.query("UPDATE users SET deleted_at = now()");
    };
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "unauthorized" });
    expect(stage.objects.stored.size).toBe(0);
    expect(await rowCount()).toBe(0);
  });

  test("tells the refusal even where the document cannot be taken away; the clean-up does it later", async () => {
    const actor = await person();
    stage.now = new Date("2020-01-01T00:00:00Z");
    const put = stage.objects.put;
    stage.objects.put = async (...object) => {
      await put(...object);
      await stage.database.pool.query("UPDATE users SET deleted_at = now()");
    };
    stage.objects.failing.add("delete");
    await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "unauthorized" });
    expect(stage.warnings).toHaveLength(1);
    expect(stage.objects.stored.size).toBe(1);

    stage.objects.failing.clear();
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
  });

  test("leaves the document to the clean-up when the database is lost in between", async () => {
    const actor = await person();
    stage.now = new Date("2020-01-01T00:00:00Z");
    const doomed = openDatabase({ url: stage.database.url });
    const put = stage.objects.put;
    stage.objects.put = async (...object) => {
      await put(...object);
      await doomed.close();
    };
    await expect(submitAgeVerification(deps({ database: doomed }), actor, passport())).rejects.toThrow();
    expect(stage.objects.stored.size).toBe(1);
    expect(await rowCount()).toBe(0);

    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
  });

  test("the clean-up leaves a document alone that an open request owns", async () => {
    stage.now = new Date("2020-01-01T00:00:00Z");
    await pendingRequest();
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(1);
  });
});

describe("a provider that decides by itself", () => {
  const answering = (answer: Awaited<ReturnType<AgeVerificationProvider["start"]>>): AgeVerificationProvider => ({
    name: "at once",
    start: async () => answer,
  });

  test("verifies at once", async () => {
    stage.provider = answering({ outcome: "verified" });
    const actor = await person();
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({ status: "verified" });
    const { rows } = await stage.database.pool.query("SELECT age_verified_at, role::text FROM users WHERE id = $1", [
      actor.userId,
    ]);
    expect(rows).toEqual([{ age_verified_at: stage.now, role: "verified_user" }]);
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
  });

  test("rejects at once, with its reason", async () => {
    stage.provider = answering({ outcome: "rejected", reason: "The document is not genuine" });
    const actor = await person();
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({
      status: "rejected",
      reason: "The document is not genuine",
    });
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
  });

  test("sees the request, once it is safely stored", async () => {
    const actor = await person();
    const seen: unknown[] = [];
    stage.provider = {
      name: "watching",
      async start({ id, userId, birthDate, document }) {
        const isStored = stage.objects.stored.has(`private/age-verifications/${id}`);
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
    stage.provider = { name: "broken", start: () => Promise.reject(new Error("503 from elsewhere")) };
    const actor = await person();
    expect(await submitAgeVerification(deps(), actor, passport())).toMatchObject({ status: "pending" });
    expect(await listAgeVerifications(deps(), pendingPage)).toMatchObject({ total: 1 });
    expect(stage.warnings).toHaveLength(1);
  });
});
