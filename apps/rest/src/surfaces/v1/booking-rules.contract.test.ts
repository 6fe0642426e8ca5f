import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { contractOf } from "../../testing/contract";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const path = "/v1/users/me/booking-rules";
const contract = contractOf(surface, [path]);
const { person, refused } = contract;

/** What everybody starts with, as the wire spells it. */
const usual = {
  durations_minutes: [15, 30, 45, 60],
  step_minutes: 15,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  minimum_notice_minutes: 120,
  window_days: 60,
  max_per_day: null,
  requires_consent: false,
};
const others = {
  durations_minutes: [25, 50],
  step_minutes: 5,
  buffer_before_minutes: 10,
  buffer_after_minutes: 480,
  minimum_notice_minutes: 43_200,
  window_days: 365,
  max_per_day: 100,
  requires_consent: true,
};

const get = ({ token }: Person) => contract.call(200, `GET ${path}`, { token });
const put = (status: number, { token }: Person, json: unknown, ifMatch?: string) =>
  contract.call(status, `PUT ${path}`, {
    token,
    json,
    ...(ifMatch !== undefined && { headers: { "if-match": ifMatch } }),
  });

describe("GET /v1/users/me/booking-rules", () => {
  it("shows what everybody starts with, to a user of any role", async () => {
    for (const role of ["user", "verified_user", "host", "admin"] as const) {
      expect((await get(await person({ role }))).body).toBe(JSON.stringify(usual));
    }
  });

  it("sends nothing to whoever has the present state already", async () => {
    const owner = await person();
    const { etag = "" } = (await get(owner)).headers;
    const headers = { "if-none-match": etag };
    expect((await contract.call(304, `GET ${path}`, { token: owner.token, headers })).body).toBe("");
    await put(200, owner, others);
    expect((await contract.call(200, `GET ${path}`, { token: owner.token, headers })).body).toBe(
      JSON.stringify(others),
    );
  });

  it("needs a token, as PUT does", async () => {
    await refused(401, "unauthorized", `GET ${path}`);
    await refused(401, "unauthorized", `PUT ${path}`, { json: usual });
  });
});

describe("PUT /v1/users/me/booking-rules", () => {
  it("replaces all of them, and answers the lengths ascending", async () => {
    const [owner, other] = [await person({ role: "host" }), await person({ role: "host" })];
    const saved = await put(200, owner, { ...others, durations_minutes: [50, 25] });
    expect(saved.body).toBe(JSON.stringify(others));
    expect((await get(owner)).body).toBe(saved.body);
    expect((await get(other)).json).toEqual(usual);
    expect((await put(200, owner, (await get(other)).json)).json).toEqual(usual);
  });

  it("writes only over the state that If-Match names", async () => {
    const owner = await person();
    const never = (await get(owner)).headers.etag ?? "";
    const first = await put(200, owner, others, never);
    const stale = await put(412, owner, usual, never);
    expect(stale.json).toMatchObject({ error: { code: "precondition_failed" } });
    await put(412, owner, usual, '"nonsense"');
    expect((await get(owner)).json).toEqual(others);
    await put(200, owner, usual, first.headers.etag);
    await put(200, owner, others, "*");
  });

  it("ignores what it does not know", async () => {
    const owner = await person();
    const strange = { ...others, host_id: owner.id, version: 99, expectedVersion: 99, durationsMinutes: [480] };
    expect((await put(200, owner, strange)).json).toEqual(others);
  });

  it.each([
    [{ durations_minutes: [] }, { durations_minutes: "must have at least 1 entry" }],
    [{ durations_minutes: [30, 30] }, { "durations_minutes.1": "is in the list already" }],
    [
      { durations_minutes: [4, 481] },
      { "durations_minutes.0": "must be at least 5", "durations_minutes.1": "must be at most 480" },
    ],
    [{ durations_minutes: 30 }, { durations_minutes: "must be an array" }],
    [{ durations_minutes: ["30"] }, { "durations_minutes.0": "must be a number" }],
    [{ durations_minutes: [1e300] }, { "durations_minutes.0": expect.any(String) }],
    [{ durations_minutes: undefined }, { durations_minutes: "is required" }],
    [{ step_minutes: 4 }, { step_minutes: "must be at least 5" }],
    [{ step_minutes: 7.5 }, { step_minutes: "must be a whole number" }],
    [{ buffer_before_minutes: -1 }, { buffer_before_minutes: "must be at least 0" }],
    [{ buffer_after_minutes: 481 }, { buffer_after_minutes: "must be at most 480" }],
    [{ minimum_notice_minutes: 43_201 }, { minimum_notice_minutes: "must be at most 43200" }],
    [{ window_days: 0 }, { window_days: "must be at least 1" }],
    [{ window_days: 366 }, { window_days: "must be at most 365" }],
    [{ max_per_day: 0 }, { max_per_day: "must be at least 1" }],
    [{ max_per_day: 101 }, { max_per_day: "must be at most 100" }],
    [{ max_per_day: undefined }, { max_per_day: "is required" }],
    [{ requires_consent: null }, { requires_consent: "must be a boolean" }],
  ])("refuses %j, and changes nothing", async (change, details) => {
    const owner = await person();
    await put(200, owner, others);
    expect(detailsOf(await put(400, owner, { ...usual, ...change }))).toEqual(details);
    expect((await get(owner)).json).toEqual(others);
  });
});
