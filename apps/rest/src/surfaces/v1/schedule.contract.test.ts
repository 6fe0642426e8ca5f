import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { contractOf } from "../../testing/contract";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/users\/me\/schedule$/]);
const { person, refused } = contract;
const read = "GET /v1/users/me/schedule";
const save = "PUT /v1/users/me/schedule";
const utc = "/v1/users/me/availability";

type Slot = [day: number, start: string, end: string];
const slot = ([day_of_week, start_time, end_time]: Slot) => ({ day_of_week, start_time, end_time });
const week = (timezone: string, ...slots: Slot[]) => ({ timezone, slots: slots.map(slot) });

const get = ({ token }: Person) => contract.call(200, read, { token });
const put = (status: number, { token }: Person, json: unknown, ifMatch?: string) =>
  contract.call(status, save, { token, json, ...(ifMatch !== undefined && { headers: { "if-match": ifMatch } }) });

describe("GET /v1/users/me/schedule", () => {
  it("shows zone, wall time and version, for a user of any role, and everyone their own", async () => {
    for (const role of ["user", "verified_user", "host", "admin"] as const) {
      const [owner, other] = [await person({ role }), await person({ role })];
      expect((await get(owner)).body).toBe('{"timezone":"UTC","slots":[],"version":0}');
      await put(200, owner, week("America/New_York", [1, "09:00", "17:00"], [2, "22:00", "24:00"]));
      expect((await get(owner)).body).toBe(
        '{"timezone":"America/New_York","slots":[{"day_of_week":1,"start_time":"09:00","end_time":"17:00"},' +
          '{"day_of_week":2,"start_time":"22:00","end_time":"24:00"}],"version":1}',
      );
      expect((await get(other)).json).toMatchObject({ slots: [] });
    }
  });

  it("sends nothing to whoever has the present state already", async () => {
    const owner = await person();
    const { etag = "" } = (await get(owner)).headers;
    const headers = { "if-none-match": etag };
    expect((await contract.call(304, read, { token: owner.token, headers })).body).toBe("");
    await put(200, owner, week("UTC", [1, "09:00", "10:00"]));
    expect((await contract.call(200, read, { token: owner.token, headers })).headers.etag).not.toBe(etag);
  });

  it("refuses whoever shows no token", async () => {
    await refused(401, "unauthorized", read);
    await refused(401, "unauthorized", save, { json: week("UTC") });
  });
});

describe("PUT /v1/users/me/schedule", () => {
  it("replaces zone and hours, sorts, and keeps the zone as it was spelt", async () => {
    const owner = await person();
    await put(200, owner, week("Europe/Berlin", [5, "09:00", "10:00"]));
    const saved = await put(
      200,
      owner,
      week("Asia/Calcutta", [2, "12:00", "24:00"], [2, "09:00", "12:00"], [0, "00:00", "00:01"]),
    );
    const expected = week("Asia/Calcutta", [0, "00:00", "00:01"], [2, "09:00", "12:00"], [2, "12:00", "24:00"]);
    expect(saved.json).toEqual({ ...expected, version: 2 });
    expect((await get(owner)).body).toBe(saved.body);
  });

  it("can be sent back what was read", async () => {
    const owner = await person();
    await put(200, owner, week("Asia/Tokyo", [1, "08:00", "10:00"]));
    const before = await get(owner);
    expect((await put(200, owner, before.json, before.headers.etag)).body).toBe(before.body);
  });

  it("shows in UTC as it falls in the present week, and takes over what was put in UTC byte for byte", async () => {
    const owner = await person();
    const { token } = owner;
    await put(200, owner, week("Asia/Tokyo", [1, "08:00", "10:00"]));
    const projected = { slots: [slot([0, "23:00", "24:00"]), slot([1, "00:00", "01:00"])] };
    expect((await contract.call(200, `GET ${utc}`, { token })).json).toEqual(projected);
    expect((await get(owner)).json).toMatchObject(week("Asia/Tokyo", [1, "08:00", "10:00"]));

    const plain = { slots: [slot([1, "09:00", "12:00"]), slot([1, "12:00", "24:00"])] };
    const saved = await contract.call(200, `PUT ${utc}`, { token, json: plain });
    expect(saved.body).toBe(JSON.stringify(plain));
    expect((await contract.call(200, `GET ${utc}`, { token })).body).toBe(saved.body);
    expect((await get(owner)).json).toEqual({ timezone: "UTC", ...plain, version: 2 });
  });

  it("refuses a version that is not the present one, and an If-Match, each in its own way", async () => {
    const owner = await person();
    const never = (await get(owner)).headers.etag ?? "";
    const first = await put(200, owner, { ...week("UTC", [1, "09:00", "10:00"]), version: 0 });
    const stale = await put(409, owner, { ...week("UTC"), version: 0 });
    expect(stale.json).toMatchObject({ error: { code: "conflict", details: { version: "is not the present one" } } });
    await put(409, owner, { ...week("UTC"), version: 2 });
    const ifMatch = await put(412, owner, week("UTC"), never);
    expect(ifMatch.json).toMatchObject({ error: { code: "precondition_failed" } });
    await put(412, owner, { ...week("UTC"), version: 0 }, never);
    await put(412, owner, week("UTC"), '"nonsense"');
    // Of two that differ, one must be stale.
    await put(409, owner, { ...week("UTC"), version: 0 }, first.headers.etag);
    expect((await get(owner)).json).toEqual(first.json);
    const second = await put(200, owner, { ...week("UTC"), version: 1 }, first.headers.etag);
    expect(second.json).toEqual({ ...week("UTC"), version: 2 });
    await put(200, owner, week("UTC", [1, "09:00", "10:00"]), "*");
  });

  const zone = "must be an IANA time zone such as Europe/Berlin";
  it.each([
    ["an unknown zone", week("Mars/Olympus"), { timezone: zone }],
    ["an offset", week("+02:00"), { timezone: zone }],
    ["an empty zone", week(""), { timezone: "must not be empty" }],
    ["a zone with a NUL", week("UTC\u0000"), { timezone: "must not contain control characters" }],
    ["no zone", { slots: [] }, { timezone: "is required" }],
    ["null for a zone", { timezone: null, slots: [] }, { timezone: "must be a string" }],
    ["no slots", { timezone: "UTC" }, { slots: "is required" }],
    [
      "slots that overlap",
      week("Europe/Berlin", [1, "09:00", "12:00"], [1, "11:59", "13:00"]),
      { "slots.1": "overlaps another slot on the same day" },
    ],
    ["a slot that is reversed", week("UTC", [1, "17:00", "09:00"]), { "slots.0.end_time": "must be after the start" }],
    ["a time that is none", week("UTC", [1, "9:00", "10:00"]), { "slots.0.start_time": "must be a time as HH:MM" }],
    ["a version in words", { ...week("UTC"), version: "first" }, { version: "must be a number" }],
  ])("refuses %s, and changes nothing", async (_, json, details) => {
    const owner = await person();
    const before = await put(200, owner, week("Asia/Tokyo", [2, "08:00", "09:00"]));
    const answer = await put(400, owner, json);
    expect(detailsOf(answer)).toMatchObject(details);
    expect((await get(owner)).body).toBe(before.body);
  });

  it("takes any zone that people know, and hours in its gaps", async () => {
    const owner = await person();
    for (const timezone of ["UTC", "Europe/Kyiv", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Apia"]) {
      const json = week(timezone, [0, "02:30", "03:00"], [6, "00:00", "24:00"]);
      expect((await put(200, owner, json)).json).toMatchObject(json);
    }
  });
});
