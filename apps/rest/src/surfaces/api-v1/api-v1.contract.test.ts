import { describe, expect, it } from "vitest";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { nobody } from "../../testing/requests";
import surface from "./surface";

/** Document 003, and the subscription and devices of conventions N25 and N27. */

const contract = contractOf(surface, ["/api/v1"]);
const { call, person } = contract;
const me = "/api/v1/users/me";
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const put = (status: number, token: string | undefined, json: object) => call(status, `PUT ${me}`, { token, json });
const failure = (code: string, message: unknown = expect.any(String)) => ({
  success: false,
  error: { code, message },
});
const nobodysId = "01900000-0000-7000-8000-000000000000";

async function subscriber(plan: object = {}) {
  const [ann, admin] = [await person({ isEmailVerified: true }), await person({ role: "admin" })];
  const json = { plan_name: "Premium", term_months: 1, max_devices: 10, ...plan };
  const route = `PUT /api/v1/admin/users/${ann.id}/subscription`;
  return { ann, admin, granted: await call(200, route, { token: admin.token, json }) };
}

describe(`GET ${me}`, () => {
  it("shows the three sections", async () => {
    const { ann } = await subscriber();
    const { json } = await call(200, `GET ${me}`, { token: ann.token });
    expect(json).toEqual({
      success: true,
      data: {
        user: {
          ...{ id: expect.any(Number), uuid: ann.id, username: null, email: ann.email, role: "user" },
          ...{ active: true, enabled: true, auto_renew: true, country: null, created_at: time, updated_at: time },
        },
        profile: {
          ...{ first_name: null, last_name: null, phone: null, address: null, city: null, state: null, country: null },
          ...{ postal_code: null, locale: null, language: null, birth_date: null },
          ...{ telegram_chat_id: null, telegram_username: null },
        },
        subscription: {
          ...{ plan_name: "Premium", status: "active", max_devices: 10 },
          ...{ expires_at: time, days_remaining: expect.any(Number) },
        },
      },
    });
    expect(Number.isInteger(at(json, "data.user.id"))).toBe(true);
  });

  it("has no subscription where none was granted, and is not active while the address is unproven", async () => {
    const { json } = await call(200, `GET ${me}`, { token: (await person()).token });
    expect(json).toMatchObject({ data: { user: { active: false }, subscription: null } });
  });

  it("answers 401 in the documented shape", async () => {
    for (const token of [undefined, "garbage"]) {
      expect((await call(401, `GET ${me}`, { token })).json).toEqual(failure("UNAUTHORIZED"));
    }
  });
});

describe(`PUT ${me}`, () => {
  it("takes the document's example, and answers without the subscription", async () => {
    const { ann } = await subscriber();
    const example = {
      ...{ first_name: "John", last_name: "Doe", city: "San Francisco", state: "CA", country: "US" },
      ...{ auto_renew: true, telegram_username: "johndoe_tg" },
    };
    const { json } = await put(200, ann.token, example);
    expect(json).toMatchObject({
      success: true,
      data: {
        user: { country: "US", auto_renew: true },
        profile: { first_name: "John", last_name: "Doe", city: "San Francisco", state: "CA", country: "US" },
      },
    });
    expect(at(json, "data")).not.toHaveProperty("subscription");
  });

  it("keeps all fifteen fields, those it does not show included", async () => {
    const ann = await person();
    const { json } = await put(200, ann.token, {
      ...{ country: "de", fcm_token: `fcm ${ann.id}`, auto_renew: false, first_name: "Ann", last_name: "B" },
      ...{ display_name: "Ann B", phone: "+49 30 901820", address: "Hauptstr. 1", city: "Berlin", state: "BE" },
      ...{ postal_code: "10115", locale: "de-de", telegram_username: "@ann_b_tg", birth_date: "1990-05-15" },
      wallet_address: "0x52908400098527886E0F7030069857D2E4169EE7",
    });
    expect(json).toMatchObject({
      data: {
        user: { country: "DE", auto_renew: false },
        profile: {
          ...{ phone: "+4930901820", address: "Hauptstr. 1", postal_code: "10115", locale: "de-DE", language: "de" },
          ...{ telegram_username: "ann_b_tg", birth_date: "1990-05-15" },
        },
      },
    });
    const profile = await call(200, `GET ${me}/devices`, { token: ann.token });
    expect(profile.json).toMatchObject({ data: [{ token: `fcm ${ann.id}` }] });
    const { rows } = await contract.test.deps.database.pool.query(
      "SELECT display_name, wallet_address FROM users JOIN personal_details ON user_id = id WHERE id = $1",
      [ann.id],
    );
    expect(rows).toEqual([{ display_name: "Ann B", wallet_address: "0x52908400098527886E0F7030069857D2E4169EE7" }]);
  });

  it("leaves what is omitted as it was, and moves updated_at", async () => {
    const ann = await person();
    const first = await put(200, ann.token, { city: "Berlin", state: "BE" });
    await contract.test.deps.database.pool.query("SELECT pg_sleep(1.1)");
    const second = await put(200, ann.token, { city: "Kassel" });
    expect(second.json).toMatchObject({ data: { profile: { city: "Kassel", state: "BE" } } });
    expect(String(at(second.json, "data.user.updated_at")) > String(at(first.json, "data.user.updated_at"))).toBe(true);
  });

  it.each([
    ["country", "UK", "country must be a valid ISO 3166-1 alpha-2 code"],
    ["phone", "+1-555-0100", "phone must be a phone number in international format such as +14155550100"],
    ["birth_date", "2999-01-01", "birth_date must be a date in the past, since 1900"],
    ["birth_date", "15.05.1990", "birth_date must be a date as YYYY-MM-DD"],
    ["locale", "en_US", "locale must be a BCP 47 language tag such as en-US"],
    ["auto_renew", "yes", "auto_renew must be a boolean"],
    ["wallet_address", "0x1", "wallet_address must be the address of an Ethereum, Bitcoin, Tron or Solana wallet"],
    ["display_name", "", "display_name must not be empty"],
  ])("answers 400 naming %s for %j, and changes nothing", async (field, value, message) => {
    const ann = await person();
    const before = await call(200, `GET ${me}`, { token: ann.token });
    const { json } = await put(400, ann.token, { city: "Kassel", [field]: value });
    expect(json).toEqual(failure("VALIDATION_ERROR", message));
    expect((await call(200, `GET ${me}`, { token: ann.token })).json).toEqual(before.json);
  });

  it("answers 400 for a postal code of another country, and for several faults at once", async () => {
    const ann = await person();
    const foreign = await put(400, ann.token, { country: "US", postal_code: "SW1A 1AA" });
    expect(foreign.json).toEqual(failure("VALIDATION_ERROR", "postal_code must be a postal code of US"));
    const { json } = await put(400, ann.token, { country: "XX", first_name: "" });
    expect(at(json, "error.message")).toBe(
      "country must be a valid ISO 3166-1 alpha-2 code; first_name must not be empty",
    );
  });

  it("answers 400 for a device more than the plan allows", async () => {
    const { ann } = await subscriber({ max_devices: 1 });
    await put(200, ann.token, { fcm_token: `${ann.id} a` });
    const { json } = await put(400, ann.token, { fcm_token: `${ann.id} b`, city: "Kassel" });
    expect(json).toEqual(failure("VALIDATION_ERROR", "fcm_token is one device more than the plan's 1"));
    expect((await call(200, `GET ${me}`, { token: ann.token })).json).toMatchObject({
      data: { profile: { city: null } },
    });
  });

  it("answers 401 without a token", async () => {
    expect((await put(401, undefined, {})).json).toEqual(failure("UNAUTHORIZED"));
  });
});

describe(`GET ${me}/subscription`, () => {
  it("says that there is none, or which", async () => {
    const route = `GET ${me}/subscription`;
    const { json } = await call(200, route, { token: (await person()).token });
    expect(json).toEqual({ success: true, data: { has_subscription: false, auto_renew: true, subscription: null } });
    const { ann, granted } = await subscriber();
    expect((await call(200, route, { token: ann.token })).json).toEqual(granted.json);
    await call(401, route);
  });
});

describe(`${me}/devices`, () => {
  it("are registered, known again, listed and removed", async () => {
    const { token } = await person();
    const json = { token: `device of ${token.slice(-20)}`, platform: "ios" };
    const created = await call(201, `POST ${me}/devices`, { token, json });
    expect(created.json).toEqual({ success: true, data: { id: expect.any(String), ...json, created_at: time } });
    await call(200, `POST ${me}/devices`, { token, json });
    expect((await call(200, `GET ${me}/devices`, { token })).json).toMatchObject({ success: true, data: [json] });
    await call(204, `DELETE ${me}/devices/${at(created.json, "data.id")}`, { token });
    const gone = await call(404, `DELETE ${me}/devices/${at(created.json, "data.id")}`, { token });
    expect(gone.json).toEqual(failure("NOT_FOUND"));
    expect((await call(404, `DELETE ${me}/devices/nonsense`, { token })).json).toEqual(failure("NOT_FOUND"));
  });

  it("are refused with 400 where they are none, with 401 to nobody, and with 409 beyond the plan", async () => {
    const { ann } = await subscriber({ max_devices: 1 });
    const register = (status: number, token: string | undefined, json: object) =>
      call(status, `POST ${me}/devices`, { token, json });
    const bad = await register(400, ann.token, { token: "x", platform: "tv" });
    expect(bad.json).toEqual(failure("VALIDATION_ERROR", "platform must be one of ios, android, web"));
    expect((await call(400, `GET ${me}/devices?page=0`, { token: ann.token })).json).toMatchObject({ success: false });
    await register(401, undefined, {});
    await register(201, ann.token, { token: `${ann.id} a`, platform: "web" });
    expect((await register(409, ann.token, { token: `${ann.id} b`, platform: "web" })).json).toEqual(
      failure("CONFLICT", "token is one device more than the plan's 1"),
    );
    await call(401, `GET ${me}/devices`);
    await call(401, `DELETE ${me}/devices/${nobodysId}`);
  });
});

describe("plans of a person, for administrators", () => {
  const route = (method: string, id: string) => `${method} /api/v1/admin/users/${id}/subscription`;
  const plan = { plan_name: "Premium", term_months: 1, max_devices: 10 };

  it("are granted and ended", async () => {
    const { ann, admin, granted } = await subscriber();
    expect(granted.json).toMatchObject({ data: { has_subscription: true, subscription: { status: "active" } } });
    const ended = await call(200, route("DELETE", ann.id), { token: admin.token });
    expect(ended.json).toMatchObject({ data: { has_subscription: false, subscription: { status: "cancelled" } } });
    await call(404, route("DELETE", ann.id), { token: admin.token });
  });

  it("are refused: 400, 401, 403, 404", async () => {
    const { ann, admin } = await subscriber();
    const bad = await call(400, route("PUT", ann.id), { token: admin.token, json: { ...plan, term_months: 0 } });
    expect(bad.json).toEqual(failure("VALIDATION_ERROR", "term_months must be at least 1"));
    for (const method of ["PUT", "DELETE"]) {
      const json = method === "PUT" ? plan : undefined;
      await call(401, route(method, ann.id), { json });
      expect((await call(403, route(method, ann.id), { token: ann.token, json })).json).toEqual(failure("FORBIDDEN"));
      await call(404, route(method, nobodysId), { token: admin.token, json });
      await call(404, route(method, nobody), { token: admin.token, json });
    }
  });
});
