import { randomUUID } from "node:crypto";
import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import { at, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/me/devices", "/v1/notifications/devices"]);
const { call, refused, person } = contract;
const newToken = () => `fcm:${randomUUID()}`;
const ulid = expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

describe.each([
  { path: "/v1/users/me/devices", other: "/v1/notifications/devices" },
  { path: "/v1/notifications/devices", other: "/v1/users/me/devices" },
])("$path", ({ path, other }) => {
  const register = (status: number, token: string, json: object) => call(status, `POST ${path}`, { token, json });
  const tokensOf = async (owner: { token: string }) => {
    const { json } = await call(200, `GET ${path}`, { token: owner.token });
    return (at(json, "data") as { token: string }[]).map(({ token }) => token);
  };

  describe("POST", () => {
    it.each(["ios", "android", "web"])("answers 201 with the device, for %s", async (platform) => {
      const ann = await person();
      const token = newToken();
      const { json } = await register(201, ann.token, { token, platform });
      expect(json).toEqual({ id: ulid, token, platform, created_at: time });
    });

    it("answers 200 where the token is known, with the platform as it is now", async () => {
      const ann = await person();
      const token = newToken();
      const { json } = await register(201, ann.token, { token, platform: "ios" });
      const again = await register(200, ann.token, { token, platform: "web" });
      expect(again.json).toEqual({ ...(json as object), platform: "web" });
      expect(await tokensOf(ann)).toEqual([token]);
    });

    it("makes the token its last registrant's, whose former owner can neither see nor remove it", async () => {
      const [ann, bob] = [await person(), await person()];
      const token = newToken();
      const first = await register(201, ann.token, { token, platform: "ios" });
      const second = await register(200, bob.token, { token, platform: "ios" });
      expect(await tokensOf(ann)).toEqual([]);
      expect(await tokensOf(bob)).toEqual([token]);
      for (const { json } of [first, second]) {
        await refused(404, "not_found", `DELETE ${path}/${textAt(json, "id")}`, { token: ann.token });
      }
      expect(await tokensOf(bob)).toEqual([token]);
    });

    it("answers 409 where the caller's plan allows no more", async () => {
      const ann = await person();
      const { pool } = contract.test.deps.database;
      const sql = `INSERT INTO subscriptions (id, user_id, plan_name, max_devices, expires_at)
        VALUES (uuidv7(), $1, 'Solo', 1, now() + interval '1 day')`;
      await pool.query(sql, [ann.id]);
      await register(201, ann.token, { token: newToken(), platform: "ios" });
      const answer = await refused(409, "conflict", `POST ${path}`, {
        token: ann.token,
        json: { token: newToken(), platform: "web" },
      });
      expect(detailsOf(answer)).toEqual({ token: "is one device more than the plan's 1" });
      expect(await tokensOf(ann)).toHaveLength(1);
    });

    it("decides nothing else that a caller sends", async () => {
      const [ann, bob] = [await person(), await person()];
      const token = newToken();
      const forged = {
        id: "01JN2X4K8M3F7QPZRVWT6YBHCE",
        user_id: ulidFromUuid(bob.id),
        created_at: "2001-01-01T00:00:00Z",
      };
      const { json } = await register(201, ann.token, { token, platform: "ios", ...forged });
      expect(json).not.toMatchObject({ id: forged.id });
      expect(json).not.toMatchObject({ created_at: forged.created_at });
      expect(await tokensOf(bob)).toEqual([]);
    });

    it("takes a token of 4096 characters", async () => {
      const ann = await person();
      const token = randomUUID().padEnd(4096, "x");
      await register(201, ann.token, { token, platform: "android" });
      expect(await tokensOf(ann)).toEqual([token]);
    });

    it.each([
      ["nothing", {}, { token: "is required", platform: "is required" }],
      ["an empty token", { token: "", platform: "ios" }, { token: "must not be empty" }],
      ["a blank token", { token: "  ", platform: "ios" }, { token: "must not be empty" }],
      ["a token too long", { token: "x".repeat(4097), platform: "ios" }, { token: "must be at most 4096 characters" }],
      ["a token with a NUL", { token: "a\u0000", platform: "ios" }, { token: "must not contain control characters" }],
      [
        "half a surrogate pair",
        { token: "a\ud800", platform: "ios" },
        { token: "must not contain control characters" },
      ],
      ["a token that is no text", { token: 7, platform: "ios" }, { token: "must be a string" }],
      ["a null token", { token: null, platform: "ios" }, { token: "must be a string" }],
      ["another platform", { token: "x", platform: "symbian" }, { platform: "must be one of ios, android, web" }],
      ["a platform in capitals", { token: "x", platform: "iOS" }, { platform: "must be one of ios, android, web" }],
    ])("refuses %s with 400", async (_, json, details) => {
      const { token } = await person();
      const answer = await refused(400, "validation_error", `POST ${path}`, { token, json });
      expect(detailsOf(answer)).toEqual(details);
    });

    it("replays its first answer to a key", async () => {
      const { token } = await person();
      const options = { token, json: { token: newToken(), platform: "ios" }, headers: { "idempotency-key": "device" } };
      const first = await call(201, `POST ${path}`, options);
      const again = await call(201, `POST ${path}`, options);
      expect(again.body).toBe(first.body);
      expect(again.headers["idempotency-replayed"]).toBe("true");
    });
  });

  describe("GET", () => {
    it("lists one's own, the newest first, also those registered at the other address", async () => {
      const [ann, bob] = [await person(), await person()];
      const [one, two] = [newToken(), newToken()];
      await call(201, `POST ${other}`, { token: ann.token, json: { token: one, platform: "ios" } });
      const { json } = await register(201, ann.token, { token: two, platform: "web" });
      await register(201, bob.token, { token: newToken(), platform: "web" });
      const answer = await call(200, `GET ${path}?per_page=1`, { token: ann.token });
      expect(answer.json).toEqual({
        success: true,
        data: [json],
        pagination: { page: 1, per_page: 1, total: 2, total_pages: 2 },
      });
      const page = (number: number, rel: string) => `<${path}?per_page=1&page=${number}>; rel="${rel}"`;
      expect(answer.headers.link).toBe([page(2, "next"), page(1, "first"), page(2, "last")].join(", "));
      expect(await tokensOf(ann)).toEqual([two, one]);
    });

    it.each(["page=0", "per_page=0", "per_page=101"])("refuses %s with 400", async (query) => {
      const { token } = await person();
      const answer = await refused(400, "validation_error", `GET ${path}?${query}`, { token });
      expect(Object.keys(detailsOf(answer) as object)).toEqual([query.split("=")[0]]);
    });
  });

  describe("DELETE", () => {
    it("answers 204 once, then 404, whichever address the device was registered at", async () => {
      const ann = await person();
      const { json } = await call(201, `POST ${other}`, {
        token: ann.token,
        json: { token: newToken(), platform: "ios" },
      });
      await call(204, `DELETE ${path}/${textAt(json, "id")}`, { token: ann.token });
      await refused(404, "not_found", `DELETE ${path}/${textAt(json, "id")}`, { token: ann.token });
      expect(await tokensOf(ann)).toEqual([]);
    });

    it("answers for another's device as for one that is gone", async () => {
      const [ann, bob] = [await person(), await person()];
      const { json } = await register(201, ann.token, { token: newToken(), platform: "ios" });
      const device = `${path}/${textAt(json, "id")}`;
      const others = await refused(404, "not_found", `DELETE ${device}`, { token: bob.token });
      await call(204, `DELETE ${device}`, { token: ann.token });
      const gone = await refused(404, "not_found", `DELETE ${device}`, { token: bob.token });
      expect(others.body).toBe(gone.body);
    });

    it.each(["nonsense", "01JI2L4O8U3F7QPZRVWT6YBHCE", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "%00", "..%2f..%2fme"])(
      "answers 404 to %s, which is no id",
      async (id) => {
        const { token } = await person();
        await refused(404, "not_found", `DELETE ${path}/${id}`, { token });
      },
    );
  });
});
