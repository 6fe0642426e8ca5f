import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { type CallOptions, call, type FormPart } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, profilesIn } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/me/age-verification"]);
const { parallel, person, refused, sql } = contract;
const ageStatus = "GET /v1/users/me/age-verification";
const proveAge = "POST /v1/users/me/age-verification";
const mebibyte = 1024 * 1024;

const profileOf = profilesIn(contract);
const json = { "content-type": "application/json" };

const pdf = Buffer.from("%PDF-1.7\n%%EOF\n");
const part = (bytes: Uint8Array, name = "document"): FormPart => ({ name, fileName: "x", type: "image/png", bytes });
const born = (birthDate: string): FormPart => ({ name: "birth_date", value: birthDate });
const proof = [born("1990-02-28"), part(pdf)];

/** An administrator's decision of somebody's open request. */
async function decide(owner: Person, verdict: "approve" | "reject", options: CallOptions = {}): Promise<void> {
  const { token } = await person({ role: "admin" });
  const { rows } = await sql("SELECT id FROM age_verifications WHERE user_id = $1 AND status = 'pending'", [owner.id]);
  const path = `/v1/admin/age-verifications/${ulidFromUuid(rows[0].id)}`;
  await contract.call(200, `POST ${path}/${verdict}`, { ...options, token });
}

describe("GET and POST /v1/users/me/age-verification", () => {
  it("goes from none over pending and rejected to verified", async () => {
    const owner = await person();
    const { token } = owner;
    const read = async () => (await contract.call(200, ageStatus, { token })).body;
    expect(await read()).toBe('{"status":"none","reason":null,"submitted_at":null}');

    const submitted = await contract.call(202, proveAge, { token, form: proof });
    expect(submitted.json).toEqual({
      status: "pending",
      reason: null,
      submitted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(await read()).toBe(submitted.body);
    await refused(409, "conflict", proveAge, { token, form: proof });

    await decide(owner, "reject", { json: { reason: "The photo is blurred" } });
    expect(JSON.parse(await read())).toMatchObject({ status: "rejected", reason: "The photo is blurred" });
    await contract.call(202, proveAge, { token, form: proof });
    expect(await profileOf(owner)).toMatchObject({ is_age_verified: false });
    await decide(owner, "approve");
    expect(JSON.parse(await read())).toMatchObject({ status: "verified", reason: null });
    expect(await profileOf(owner)).toMatchObject({ is_age_verified: true });
    await refused(409, "conflict", proveAge, { token, form: proof });
  });

  it("takes a JPEG, a PNG, a WebP or a PDF, as the bytes have it", async () => {
    const webp = Buffer.from("RIFF\u0004\u0000\u0000\u0000WEBP", "latin1");
    const png = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1");
    for (const document of [pdf, webp, png, Buffer.from([0xff, 0xd8, 0xff, 0xe0])]) {
      const { token } = await person();
      await contract.call(202, proveAge, { token, form: [born("1990-02-28"), part(document)] });
    }
  });

  it("takes whoever is 18 today, and nobody who will be tomorrow", async () => {
    const { deps } = contract.test;
    const { clock } = deps;
    try {
      deps.clock = () => new Date("2026-06-15T23:59:59Z");
      const { token } = await person();
      const young = await refused(400, "validation_error", proveAge, { token, form: [born("2008-06-16"), part(pdf)] });
      expect(detailsOf(young)).toEqual({ birth_date: "must be at least 18 years ago" });
      await contract.call(202, proveAge, { token, form: [born("2008-06-15"), part(pdf)] });
    } finally {
      deps.clock = clock;
    }
  });

  const noDocument = "must be a JPEG, PNG or WebP image or a PDF";
  const refusals: [string, FormPart[], Record<string, string>][] = [
    ["nothing", [], { birth_date: "is required", document: "is required" }],
    ["no document", [born("1990-02-28")], { document: "is required" }],
    ["no birth date", [part(pdf)], { birth_date: "is required" }],
    ["a document under another name", [born("1990-02-28"), part(pdf, "passport")], { document: "is required" }],
    ["text for a document", [born("1990-02-28"), { name: "document", value: "x" }], { document: "must be a file" }],
    ["two documents", [...proof, part(pdf)], { document: "must be given once" }],
    ["two birth dates", [born("1990-01-01"), ...proof], { birth_date: "must be given once" }],
    ["an empty document", [born("1990-02-28"), part(Buffer.alloc(0))], { document: "must not be empty" }],
    ["a GIF", [born("1990-02-28"), part(Buffer.from("GIF89a"))], { document: noDocument }],
    [
      "10 MB and a byte",
      [born("1990-02-28"), part(Buffer.alloc(10 * mebibyte + 1))],
      { document: "must be at most 10 MB" },
    ],
    ["a day that is none", [born("1990-02-30"), part(pdf)], { birth_date: "must be a date as YYYY-MM-DD" }],
    ["another notation", [born("28.02.1990"), part(pdf)], { birth_date: "must be a date as YYYY-MM-DD" }],
    ["a time", [born("1990-02-28T00:00:00Z"), part(pdf)], { birth_date: "must be a date as YYYY-MM-DD" }],
    ["a day to come", [born("2999-01-01"), part(pdf)], { birth_date: "must not be in the future" }],
    ["a day too long ago", [born("1850-01-01"), part(pdf)], { birth_date: "must be at most 130 years ago" }],
    [
      "two faults at once",
      [born("2999-01-01"), part(Buffer.from("text"))],
      { birth_date: "must not be in the future", document: noDocument },
    ],
  ];
  it.each(refusals)("refuses %s", async (_, form, details) => {
    const { token } = await person();
    const answer = await refused(400, "validation_error", proveAge, { token, form });
    expect(detailsOf(answer)).toEqual(details);
    expect((await contract.call(200, ageStatus, { token })).json).toMatchObject({ status: "none" });
  });

  it("takes exactly 10 MB", async () => {
    const { token } = await person();
    const document = Buffer.concat([pdf, Buffer.alloc(10 * mebibyte - pdf.length)]);
    await contract.call(202, proveAge, { token, form: [born("1990-02-28"), part(document)] });
  });

  it("shows the document to nobody, and forgets it once it is decided", async () => {
    const owner = await person();
    await contract.call(202, proveAge, { token: owner.token, form: proof });
    const { rows } = await sql("SELECT document_key FROM age_verifications WHERE user_id = $1", [owner.id]);
    const key: string = rows[0].document_key;
    expect(key).toMatch(/^private\//);
    const { app, deps } = contract.test;
    expect((await deps.objects.get(key))?.bytes).toEqual(pdf);

    const disguises = [
      ...[key, key.replace("private/", "private%2F"), key.replace("private", "PRIVATE"), `/${key}`, `./${key}`],
      ...[`avatars/../${key}`, `avatars/%2e%2e/${key}`, `avatars%2F..%2F${key}`, `avatars/..%5C${key}`, `%2e/${key}`],
    ];
    const { token } = await person({ role: "admin" });
    for (const disguise of disguises) {
      for (const sent of [undefined, owner.token, token]) {
        const answer = await call(app, `GET /objects/${disguise}`, { token: sent });
        expect(answer.status, disguise).toBe(404);
        expect(answer.body).not.toContain("%PDF");
      }
    }
    await decide(owner, "approve");
    await contract.test.runJobs();
    expect(await deps.objects.exists(key)).toBe(false);
  });

  it("opens one request for a form that is sent again with its key", async () => {
    const owner = await person();
    const send = (status: number, form: FormPart[]) =>
      contract.call(status, proveAge, { token: owner.token, form, headers: { "idempotency-key": "prove-once" } });
    const first = await send(202, proof);
    const again = await send(202, proof);
    expect(again.body).toBe(first.body);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect((await send(422, [born("1990-02-27"), part(pdf)])).json).toMatchObject({ error: { code: "conflict" } });
    const { rows } = await sql("SELECT id FROM age_verifications WHERE user_id = $1", [owner.id]);
    expect(rows).toHaveLength(1);
  });

  it("lets one of 20 parallel requests in", async () => {
    const { token } = await person();
    const answers = await parallel(20, () => [proveAge, { token, form: proof }]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(19).fill(409)]);
  });

  it("decides nothing that a caller says of the outcome", async () => {
    const owner = await person();
    const extras = Object.entries({ status: "verified", is_age_verified: "true", user_id: owner.id, role: "host" });
    const form = [...proof, ...extras.map(([name, value]) => ({ name, value }))];
    await contract.call(202, proveAge, { token: owner.token, form });
    expect(await profileOf(owner)).toMatchObject({ is_age_verified: false, role: "user" });
  });

  it("asks for one token before it reads the form, and for a form", async () => {
    const { token } = await person();
    for (const route of [ageStatus, proveAge]) {
      await refused(401, "unauthorized", route);
      await refused(401, "unauthorized", route, { token: "nonsense" });
      await refused(400, "validation_error", `${route}?access_token=x`, { token });
    }
    await refused(401, "unauthorized", proveAge, { raw: "{", headers: json });
    await contract.call(415, proveAge, { token, json: { birth_date: "1990-02-28" } });
  });
});
