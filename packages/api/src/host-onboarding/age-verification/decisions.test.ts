import { describe, expect, test } from "vitest";
import { passport, pendingPage, useAgeVerifications } from "../../../test/age-verifications";
import {
  approveAgeVerification,
  getAgeDocument,
  getAgeVerification,
  listAgeVerifications,
  rejectAgeVerification,
  submitAgeVerification,
} from "./service";

const stage = useAgeVerifications();
const { deps, person, pendingRequest, runCleanUp } = stage;

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
      decidedAt: stage.now.toISOString(),
    });
    expect(await getAgeVerification(deps(), actor)).toMatchObject({ status: "verified", reason: null });
    const { rows } = await stage.database.pool.query(
      `SELECT u.age_verified_at, a.document_key, a.decided_by_id
       FROM age_verifications a JOIN users u ON u.id = a.user_id WHERE a.id = $1`,
      [id],
    );
    expect(rows).toEqual([{ age_verified_at: stage.now, document_key: null, decided_by_id: admin.userId }]);
    expect(stage.objects.stored.size).toBe(1);
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
  });

  test("a rejection tells why, verifies nothing, and the document goes as well", async () => {
    const { actor, id } = await pendingRequest();
    const admin = await person({ role: "admin" });
    const request = await rejectAgeVerification(deps(), admin, { id, reason: "It has expired" });
    expect(request).toMatchObject({ status: "rejected", reason: "It has expired" });
    expect(await getAgeVerification(deps(), actor)).toMatchObject({ status: "rejected", reason: "It has expired" });
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
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
    const { rows } = await stage.database.pool.query(
      "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'hostOnboarding.sendDecisionMail'",
    );
    expect(rows).toEqual([{ n: 1 }]);
    await runCleanUp();
  });

  test("no request slips in beside an approval, and neither stops the other", async () => {
    const admin = await person({ role: "admin" });
    const put = stage.objects.put;
    for (let round = 0; round < 20; round += 1) {
      const actor = await person();
      let approval: Promise<unknown> | undefined;
      // While a request is on its way to its row, another comes first and is about to be approved.
      stage.objects.put = async (...object) => {
        await put(...object);
        stage.objects.put = put;
        await submitAgeVerification(deps(), actor, passport());
        const { items } = await listAgeVerifications(deps(), pendingPage);
        approval = approveAgeVerification(deps(), admin, { id: items[0]?.id ?? "" });
      };
      await expect(submitAgeVerification(deps(), actor, passport())).rejects.toMatchObject({ code: "conflict" });
      await expect(approval).resolves.toMatchObject({ userId: actor.userId, status: "verified" });
      expect(await listAgeVerifications(deps(), pendingPage)).toMatchObject({ total: 0 });
    }
    await runCleanUp();
    expect(stage.objects.stored.size).toBe(0);
  });
});

describe("what administrators see", () => {
  test("requests by status: those who wait oldest first, the decided newest first, page by page", async () => {
    const admin = await person({ role: "admin" });
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      stage.now = new Date(Date.UTC(2026, 0, 1 + index));
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
    expect(stage.objects.stored.size).toBe(1);
    await expect(getAgeDocument(deps(), { id })).rejects.toMatchObject({ code: "not_found" });
    await runCleanUp();
  });

  test("a document that the store has lost is not found, rather than a fault", async () => {
    const { id } = await pendingRequest();
    stage.objects.stored.clear();
    await expect(getAgeDocument(deps(), { id })).rejects.toMatchObject({ code: "not_found" });
  });
});
