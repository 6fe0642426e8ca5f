import path from "node:path";
import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { mailsTo } from "@parley/testing/outbox";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, type FormPart } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/admin/age-verifications"]);
const { call, refused, person } = contract;
const requests = "/v1/admin/age-verifications";
const nobody = ulidFromUuid("01890a5d-ac96-774b-bcce-b302099a8057");
const noIds = ["nonsense", "01JI2L4O8U3F7QPZRVWT6YBHCE", "%00"];

let admin: Person;
beforeAll(async () => {
  admin = await person({ role: "admin", displayName: "Administrator" });
});

const documents = {
  "image/jpeg": Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
  "image/png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]),
  "image/webp": Buffer.from("RIFF\0\0\0\0WEBPVP8 "),
  "application/pdf": Buffer.from("%PDF-1.7\n"),
} as const;
type DocumentType = keyof typeof documents;

/** Someone who has asked for verification. @returns them, and the path of the request. */
async function submission(type: DocumentType = "application/pdf", birthDate = "1990-05-15") {
  const applicant = await person({ role: "verified_user", displayName: "Jane Smith" });
  const form: FormPart[] = [
    { name: "birth_date", value: birthDate },
    // What a file calls itself decides nothing.
    { name: "document", fileName: "card.txt", type: "text/html", bytes: documents[type] },
  ];
  await call(202, "POST /v1/users/me/age-verification", { token: applicant.token, form });
  const { rows } = await contract.test.deps.database.pool.query<{ id: string }>(
    "SELECT id FROM age_verifications WHERE user_id = $1",
    [applicant.id],
  );
  const id = ulidFromUuid(rows[0]?.id ?? "");
  return { applicant, id, path: `${requests}/${id}` };
}

async function listed(status: string): Promise<Record<string, unknown>[]> {
  const { json } = await call(200, `GET ${requests}?status=${status}&per_page=100`, { token: admin.token });
  return at(json, "data") as Record<string, unknown>[];
}

async function mails({ email }: Person): Promise<string[]> {
  await contract.test.runJobs();
  return mailsTo(path.join(contract.test.dataDir, "outbox"), email);
}
describe("every address of administrators", () => {
  const addresses = [
    `GET ${requests}`,
    `GET ${requests}/${nobody}/document`,
    `POST ${requests}/${nobody}/approve`,
    `POST ${requests}/${nobody}/reject`,
    "GET /v1/admin/users",
  ];

  it.each(["user", "verified_user", "host"] as const)("is closed to the role %s", async (role) => {
    const { token } = await person({ role });
    for (const address of addresses) {
      const answer = await refused(403, "forbidden", address, { token });
      expect(answer.json).toEqual({
        error: { code: "forbidden", message: "This needs the role admin", details: null },
      });
    }
  });

  it("refuses the role before it looks at the request", async () => {
    const { token } = await person({ role: "host" });
    for (const id of noIds) await refused(403, "forbidden", `POST ${requests}/${id}/approve`, { token });
    await refused(403, "forbidden", `POST ${requests}/${nobody}/reject`, { token, raw: "{" });
    await refused(403, "forbidden", `GET ${requests}?page=0`, { token });
  });

  it("goes by the role in the database, not by the token's", async () => {
    const former = await person({ role: "admin" });
    await call(200, "GET /v1/admin/users", { token: former.token });
    await contract.test.deps.database.pool.query("UPDATE users SET role = 'verified_user' WHERE id = $1", [former.id]);
    await expect
      .poll(
        async () =>
          (
            await contract.test.app.inject({
              url: "/v1/admin/users",
              headers: { authorization: `Bearer ${former.token}` },
            })
          ).statusCode,
        { timeout: 1_000 },
      )
      .toBe(403);
  });
});

describe(`GET ${requests}`, () => {
  it("lists who waits, first come first served", async () => {
    const first = await submission("image/png");
    const second = await submission("image/jpeg", "2001-12-31");
    const pending = await listed("pending");
    expect(pending.slice(-2)).toEqual([
      {
        id: first.id,
        user_id: ulidFromUuid(first.applicant.id),
        email: first.applicant.email,
        display_name: "Jane Smith",
        birth_date: "1990-05-15",
        status: "pending",
        reason: null,
        document_type: "image/png",
        submitted_at: time,
        decided_at: null,
      },
      expect.objectContaining({ id: second.id, birth_date: "2001-12-31", document_type: "image/jpeg" }),
    ]);
    const byDefault = await call(200, `GET ${requests}?per_page=100`, { token: admin.token });
    expect(at(byDefault.json, "data")).toEqual(pending);
  });

  it("lists what is decided, the newest first", async () => {
    const [one, two, three] = [await submission(), await submission(), await submission()];
    for (const { path } of [one, two]) await call(200, `POST ${path}/approve`, { token: admin.token });
    await call(200, `POST ${three.path}/reject`, { token: admin.token, json: { reason: "Unreadable" } });
    expect((await listed("verified")).slice(0, 2).map(({ id }) => id)).toEqual([two.id, one.id]);
    expect((await listed("rejected"))[0]).toMatchObject({ id: three.id, reason: "Unreadable", decided_at: time });
  });

  it("links its pages", async () => {
    for (let i = 0; i < 3; i += 1) await submission();
    const answer = await call(200, `GET ${requests}?status=pending&per_page=1&page=2`, { token: admin.token });
    const total = Number(at(answer.json, "pagination.total"));
    expect(at(answer.json, "pagination")).toEqual({ page: 2, per_page: 1, total, total_pages: total });
    const page = (number: number, rel: string) =>
      `<${requests}?status=pending&per_page=1&page=${number}>; rel="${rel}"`;
    expect(answer.headers.link).toBe(
      [page(3, "next"), page(1, "prev"), page(1, "first"), page(total, "last")].join(", "),
    );
  });

  it.each(["status=none", "status=", "page=0", "per_page=101"])("refuses %s with 400", async (query) => {
    const answer = await refused(400, "validation_error", `GET ${requests}?${query}`, { token: admin.token });
    expect(Object.keys(detailsOf(answer) as object)).toEqual([query.split("=")[0]]);
  });
});

describe(`GET ${requests}/{id}/document`, () => {
  it.each(Object.keys(documents) as DocumentType[])("answers the very bytes as %s, to nobody's cache", async (type) => {
    const { path } = await submission(type);
    const answer = await call(200, `GET ${path}/document`, { token: admin.token });
    expect(answer.bytes).toEqual(documents[type]);
    expect(answer.headers).toMatchObject({
      "content-type": type,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  });

  it("answers 404 once the request is decided, whose document is deleted", async () => {
    const { path } = await submission();
    await call(200, `POST ${path}/approve`, { token: admin.token });
    await refused(404, "not_found", `GET ${path}/document`, { token: admin.token });
    await contract.test.runJobs();
    const id = path.slice(requests.length + 1);
    const keys: string[] = [];
    for await (const key of contract.test.deps.objects.list("private/")) keys.push(key);
    expect(keys.filter((key) => key.includes(id))).toEqual([]);
  });

  it.each([nobody, ...noIds])("answers 404 to %s", async (id) => {
    await refused(404, "not_found", `GET ${requests}/${id}/document`, { token: admin.token });
  });
});

describe("a decision", () => {
  it("approves: the person's age is verified, and a mail tells them", async () => {
    const { applicant, id, path } = await submission();
    const { json } = await call(200, `POST ${path}/approve`, { token: admin.token });
    expect(json).toEqual({
      id,
      user_id: ulidFromUuid(applicant.id),
      email: applicant.email,
      display_name: "Jane Smith",
      birth_date: "1990-05-15",
      status: "verified",
      reason: null,
      document_type: "application/pdf",
      submitted_at: time,
      decided_at: time,
    });
    const { token } = applicant;
    const standing = await call(200, "GET /v1/users/me/age-verification", { token });
    expect(standing.json).toEqual({ status: "verified", reason: null, submitted_at: time });
    expect((await call(200, "GET /v1/users/me", { token })).json).toMatchObject({ is_age_verified: true });
    expect(await mails(applicant)).toHaveLength(1);
  });

  it("rejects: the person learns why, and may ask again", async () => {
    const { applicant, path } = await submission();
    const json = { reason: "  The photo is blurred.\nPlease try again.  " };
    const { token } = applicant;
    const answer = await call(200, `POST ${path}/reject`, { token: admin.token, json });
    const reason = "The photo is blurred.\nPlease try again.";
    expect(answer.json).toMatchObject({ status: "rejected", reason, decided_at: time });
    const standing = await call(200, "GET /v1/users/me/age-verification", { token });
    expect(standing.json).toEqual({ status: "rejected", reason, submitted_at: time });
    expect((await call(200, "GET /v1/users/me", { token })).json).toMatchObject({ is_age_verified: false });
    expect((await mails(applicant)).join()).toContain("The photo is blurred.");
    await call(202, "POST /v1/users/me/age-verification", {
      token,
      form: [
        { name: "birth_date", value: "1990-05-15" },
        { name: "document", fileName: "a.pdf", type: "application/pdf", bytes: documents["application/pdf"] },
      ],
    });
  });

  it("falls once: whatever comes later answers 409", async () => {
    const { path } = await submission();
    const { token } = admin;
    await call(200, `POST ${path}/approve`, { token });
    await refused(409, "conflict", `POST ${path}/approve`, { token });
    await refused(409, "conflict", `POST ${path}/reject`, { token, json: { reason: "Too late" } });
    const other = await submission();
    await call(200, `POST ${other.path}/reject`, { token, json: { reason: "Unreadable" } });
    await refused(409, "conflict", `POST ${other.path}/approve`, { token });
  });

  it("is made by one of 10 who decide at the same time", async () => {
    const { path, applicant } = await submission();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        contract.test.app.inject({
          method: "POST",
          url: i % 2 === 0 ? `${path}/approve` : `${path}/reject`,
          headers: { authorization: `Bearer ${admin.token}` },
          ...(i % 2 === 1 && { payload: { reason: "Unreadable" } }),
        }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([200, ...new Array<number>(9).fill(409)]);
    expect(await mails(applicant)).toHaveLength(1);
  });

  it.each([
    ["no reason", {}, "is required"],
    ["an empty reason", { reason: " " }, "must not be empty"],
    ["a reason of 501 characters", { reason: "x".repeat(501) }, "must be at most 500 characters"],
    ["a reason with a NUL", { reason: "a\u0000" }, "must not contain control characters"],
    ["a reason that is no text", { reason: ["x"] }, "must be a string"],
  ])("is refused with 400 for %s", async (_, json, reason) => {
    const { path } = await submission();
    const answer = await refused(400, "validation_error", `POST ${path}/reject`, { token: admin.token, json });
    expect(detailsOf(answer)).toEqual({ reason });
  });

  it.each([nobody, ...noIds])("answers 404 to %s", async (id) => {
    await refused(404, "not_found", `POST ${requests}/${id}/approve`, { token: admin.token });
    await refused(404, "not_found", `POST ${requests}/${id}/reject`, { token: admin.token, json: { reason: "x" } });
  });
});
