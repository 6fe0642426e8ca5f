import path from "node:path";
import { mailsTo } from "@parley/testing/outbox";
import { describe, expect, it } from "vitest";
import { at, call as bareCall } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { outsideAlone, usePictureServer } from "../../testing/picture-server";
import surface from "./surface";

/** Document 001, with the members of its later edition. */

const pictures = usePictureServer();
const contract = contractOf(surface, ["/me"], { remoteFetch: outsideAlone() });
const { call, person } = contract;
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const patch = (status: number, token: string | undefined, json: object) => call(status, "PATCH /me", { token, json });

describe("GET /me", () => {
  it("shows the user, without what is not known", async () => {
    const ann = await person({ displayName: "Ann", isEmailVerified: false });
    const { json } = await call(200, "GET /me", { token: ann.token });
    const row = { id: ann.id, userId: ann.id, createdAt: time, updatedAt: time };
    expect(json).toEqual({
      ...{ id: uuid, status: "pending", name: "Ann", activeSessions: 1, defaultEmail: ann.email },
      emails: [{ ...row, email: ann.email, verified: false, passwordSet: false }],
      identities: [],
      phoneNumbers: [],
      createdAt: time,
      updatedAt: time,
    });
  });

  it("is active once the address is proven, and counts sessions as they are now", async () => {
    const ann = await person({ isEmailVerified: true });
    const sql = "INSERT INTO sessions (id, user_id, expires_at) VALUES (uuidv7(), $1, now() + interval '1 day')";
    await contract.test.deps.database.pool.query(sql, [ann.id]);
    const { json } = await call(200, "GET /me", { token: ann.token });
    expect(json).toMatchObject({ status: "active", activeSessions: 2 });
  });

  it("names the accounts elsewhere, when each was linked, and when it was last looked at", async () => {
    const ann = await person();
    const sql = `INSERT INTO identities (id, user_id, provider, instance_name, subject, provider_username, email, created_at,
        last_verified_at)
      VALUES (uuidv7(), $1, 'mastodon', 'mastodon.example', '7', 'ann@mastodon.example', NULL, '2026-01-02', '2026-03-04'),
        (uuidv7(), $1, 'github', '', '8', 'ann-b', 'ann@elsewhere.example', '2026-02-03', NULL)`;
    await contract.test.deps.database.pool.query(sql, [ann.id]);
    const { json } = await call(200, "GET /me", { token: ann.token });
    const [january, february, march] = [
      "2026-01-02T00:00:00.000Z",
      "2026-02-03T00:00:00.000Z",
      "2026-03-04T00:00:00.000Z",
    ];
    expect(at(json, "identities")).toEqual([
      { id: uuid, name: "ann@mastodon.example", provider: "mastodon", createdAt: january, updatedAt: march },
      {
        id: uuid,
        name: "ann-b",
        email: "ann@elsewhere.example",
        provider: "github",
        createdAt: february,
        updatedAt: february,
      },
    ]);
  });

  it("answers 401 without a token, and with one that is worth nothing", async () => {
    for (const token of [undefined, "garbage"]) {
      const { json, headers } = await call(401, "GET /me", { token });
      expect(json).toEqual({ code: "unauthorized", message: expect.any(String), details: null });
      expect(headers["www-authenticate"]).toMatch(/^Bearer/);
    }
  });
});

describe("PATCH /me", () => {
  it("changes what is given, and answers the whole user", async () => {
    const ann = await person({ displayName: "Ann" });
    const first = await patch(200, ann.token, {
      name: "Ann B",
      bio: "Listens",
      locale: "en-us",
      timezone: "Europe/Kyiv",
    });
    expect(first.json).toMatchObject({ name: "Ann B", bio: "Listens", locale: "en-US", timezone: "Europe/Kyiv" });
    const second = await patch(200, ann.token, { bio: null });
    expect(second.json).not.toHaveProperty("bio");
    expect(second.json).toMatchObject({ name: "Ann B", timezone: "Europe/Kyiv" });
    expect(String(at(second.json, "updatedAt")) >= String(at(first.json, "updatedAt"))).toBe(true);
  });

  it("takes back what it answered, and changes neither address nor status", async () => {
    const ann = await person();
    const { json } = await call(200, "GET /me", { token: ann.token });
    const forged = { ...(json as object), defaultEmail: "other@example.test", status: "active", id: "x" };
    expect((await patch(200, ann.token, forged)).json).toMatchObject({ defaultEmail: ann.email, status: "pending" });
  });

  it("keeps a copy of the picture at an address", async () => {
    const ann = await person();
    const { json } = await patch(200, ann.token, { avatarUrl: pictures.pictureOf([10, 20, 30]) });
    const shown = String(at(json, "avatarUrl"));
    expect(shown).toMatch(/^http:\/\/localhost:4000\/objects\/avatars\//);
    expect((await patch(200, ann.token, { avatarUrl: shown })).json).toMatchObject({ avatarUrl: shown });
    expect((await patch(200, ann.token, { avatarUrl: null })).json).not.toHaveProperty("avatarUrl");
  });

  it.each([
    ["name", "", "must not be empty"],
    ["name", "x".repeat(81), "must be at most 80 characters"],
    ["bio", "x".repeat(501), "must be at most 500 characters"],
    ["locale", "en_US", "must be a BCP 47 language tag such as en-US"],
    ["timezone", "+02:00", "must be an IANA time zone such as Europe/Berlin"],
    ["avatarUrl", "file:///etc/passwd", "must be an http or https address"],
    ["avatarUrl", "http://169.254.169.254/latest", "must lead to a public address of the internet"],
  ])("answers 422 naming %s for %j", async (field, value, fault) => {
    const ann = await person();
    const before = await call(200, "GET /me", { token: ann.token });
    const { json } = await patch(422, ann.token, { name: "Changed", [field]: value });
    expect(json).toEqual({ code: "validation_error", message: expect.any(String), details: { [field]: fault } });
    expect((await call(200, "GET /me", { token: ann.token })).json).toEqual(before.json);
  });

  it.each(["/page", "/gone"])("answers 422 for an address that has no picture: %s", async (path) => {
    const ann = await person();
    const { json } = await patch(422, ann.token, { avatarUrl: pictures.at(path) });
    expect(json).toMatchObject({ details: { avatarUrl: expect.any(String) } });
  });

  it("answers 401 without a token", async () => {
    await patch(401, undefined, { name: "Ann" });
  });
});

describe("DELETE /me", () => {
  it("answers 202 without content, and the user is signed out and gone", async () => {
    const ann = await person();
    const { body } = await call(202, "DELETE /me", { token: ann.token });
    expect(body).toBe("");
    const status = async () => (await bareCall(contract.test.app, "GET /me", { token: ann.token })).status;
    await expect.poll(status).toBe(401);
    await contract.test.runJobs();
    const mails = await mailsTo(path.join(contract.test.dataDir, "outbox"), ann.email);
    expect(mails.at(-1)).toContain("http://localhost:3000/restore-account?token=");
  });

  it("answers 403 where the sign-in is not fresh, and deletes nothing", async () => {
    const ann = await person();
    const { pool } = contract.test.deps.database;
    await pool.query("UPDATE sessions SET created_at = now() - interval '1 hour' WHERE id = $1", [ann.sessionId]);
    const { json } = await call(403, "DELETE /me", { token: ann.token });
    expect(json).toMatchObject({ code: "forbidden", details: null });
    await call(200, "GET /me", { token: ann.token });
  });

  it("answers 409 for the last administrator", async () => {
    await contract.test.deps.database.pool.query("UPDATE users SET role = 'user' WHERE role = 'admin'");
    const admin = await person({ role: "admin" });
    const { json } = await call(409, "DELETE /me", { token: admin.token });
    expect(json).toMatchObject({ code: "conflict", message: "The last administrator cannot be deleted" });
    await call(200, "GET /me", { token: admin.token });
  });

  it("answers 401 without a token", async () => {
    await call(401, "DELETE /me");
  });
});
