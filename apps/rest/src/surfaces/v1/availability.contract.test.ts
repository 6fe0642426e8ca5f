import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, call } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/me/availability"]);
const { person, refused, sql } = contract;
const read = "GET /v1/users/me/availability";
const save = "PUT /v1/users/me/availability";

type Slot = [day: unknown, start: unknown, end: unknown];
const slot = ([day_of_week, start_time, end_time]: Slot) => ({ day_of_week, start_time, end_time });
const week = (...slots: Slot[]) => ({ slots: slots.map(slot) });

const slotsOf = async ({ token }: Person) => (await contract.call(200, read, { token })).json;
const put = (status: number, { token }: Person, json: unknown, ifMatch?: string) =>
  contract.call(status, save, { token, json, ...(ifMatch !== undefined && { headers: { "if-match": ifMatch } }) });

/** Source: 000, the request of PUT /v1/users/me/availability, as it is printed. */
const example = `{
"slots": [
{ "day_of_week": 1, "start_time": "09:00", "end_time": "17:00" },
{ "day_of_week": 2, "start_time": "09:00", "end_time": "17:00" },
{ "day_of_week": 3, "start_time": "10:00", "end_time": "14:00" },
{ "day_of_week": 4, "start_time": "09:00", "end_time": "17:00" },
{ "day_of_week": 5, "start_time": "09:00", "end_time": "12:00" }
]
}`;

describe("the example of the documentation", () => {
  it("reads back as it was put, but for its spaces", async () => {
    const { token } = await person({ role: "host" });
    const headers = { "content-type": "application/json" };
    const saved = await contract.call(200, save, { token, raw: example, headers });
    expect(saved.body).toBe(example.replaceAll(/\s/g, ""));
    expect((await contract.call(200, read, { token })).body).toBe(saved.body);
  });
});

describe("GET /v1/users/me/availability", () => {
  it("has no slots where none were saved, for a user of any role", async () => {
    for (const role of ["user", "verified_user", "host", "admin"] as const) {
      const { token } = await person({ role });
      expect((await contract.call(200, read, { token })).body).toBe('{"slots":[]}');
    }
  });

  it("shows everyone their own", async () => {
    const [one, other] = [await person(), await person()];
    await put(200, one, week([0, "00:00", "00:01"]));
    expect(await slotsOf(other)).toEqual({ slots: [] });
  });

  it("refuses whoever shows no token or a bad one, and whoever shows two", async () => {
    const { token } = await person();
    await refused(401, "unauthorized", read);
    const forged = await refused(401, "unauthorized", read, { token: "nonsense" });
    expect(forged.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
    await refused(400, "validation_error", `${read}?access_token=${token}`, { token });
  });

  it("sends nothing to whoever has the present state already, and only the head to whoever asks for it", async () => {
    const owner = await person();
    const { token } = owner;
    await put(200, owner, week([1, "09:00", "17:00"]));
    const { headers, bytes } = await contract.call(200, read, { token });
    const etag = headers.etag ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    const unchanged = await contract.call(304, read, { token, headers: { "if-none-match": etag } });
    expect(unchanged.body).toBe("");
    expect(unchanged.headers.etag).toBe(etag);
    const head = await contract.call(200, "HEAD /v1/users/me/availability", { token });
    expect(head.body).toBe("");
    expect(head.headers).toMatchObject({ etag, "content-length": String(bytes.length) });
    await put(200, owner, week([1, "09:00", "17:01"]));
    await contract.call(200, read, { token, headers: { "if-none-match": etag } });
  });

  it("tells hours of another zone as they fall in the present UTC week", async () => {
    const cases: [zone: string, now: string, local: [number, number, number], utc: Slot[]][] = [
      ["Asia/Kolkata", "2026-06-17T12:00:00Z", [1, 9 * 60, 17 * 60], [[1, "03:30", "11:30"]]],
      // Monday from 8 to 10 in Tokyo begins on Sunday in UTC.
      [
        "Asia/Tokyo",
        "2026-06-17T12:00:00Z",
        [1, 8 * 60, 10 * 60],
        [
          [0, "23:00", "24:00"],
          [1, "00:00", "01:00"],
        ],
      ],
      // New York is four hours behind in summer and five in winter; the clock changes on 1 November 2026.
      ["America/New_York", "2026-10-28T12:00:00Z", [1, 9 * 60, 17 * 60], [[1, "13:00", "21:00"]]],
      ["America/New_York", "2026-11-04T12:00:00Z", [1, 9 * 60, 17 * 60], [[1, "14:00", "22:00"]]],
      ["UTC", "2026-11-04T12:00:00Z", [1, 0, 24 * 60], [[1, "00:00", "24:00"]]],
    ];
    const { deps } = contract.test;
    const { clock } = deps;
    try {
      for (const [zone, now, local, utc] of cases) {
        const owner = await person();
        await saveLocally(owner, zone, local);
        deps.clock = () => new Date(now);
        expect(await slotsOf(owner), `${zone} ${now}`).toEqual(week(...utc));
      }
    } finally {
      deps.clock = clock;
    }
  });

  it("can be put back, which keeps the hours in UTC from then on", async () => {
    const owner = await person();
    await saveLocally(owner, "Asia/Tokyo", [1, 8 * 60, 10 * 60]);
    const { body } = await put(200, owner, await slotsOf(owner));
    expect(JSON.parse(body)).toEqual(week([0, "23:00", "24:00"], [1, "00:00", "01:00"]));
    expect((await contract.call(200, read, { token: owner.token })).body).toBe(body);
    const { rows } = await sql("SELECT timezone FROM schedules WHERE user_id = $1", [owner.id]);
    expect(rows).toEqual([{ timezone: "UTC" }]);
  });
});

describe("PUT /v1/users/me/availability", () => {
  it("replaces the whole week, and answers by day and then by start", async () => {
    const owner = await person();
    await put(200, owner, week([5, "09:00", "10:00"]));
    const { json } = await put(200, owner, week([6, "22:00", "24:00"], [0, "13:00", "14:00"], [0, "00:00", "01:30"]));
    expect(json).toEqual(week([0, "00:00", "01:30"], [0, "13:00", "14:00"], [6, "22:00", "24:00"]));
    expect(await slotsOf(owner)).toEqual(json);
    expect((await put(200, owner, { slots: [] })).body).toBe('{"slots":[]}');
    expect(await slotsOf(owner)).toEqual({ slots: [] });
  });

  it("keeps slots apart that touch, and lets the day end at 24:00", async () => {
    const owner = await person();
    const touching = week([1, "00:00", "12:00"], [1, "12:00", "12:01"], [1, "12:01", "24:00"], [2, "00:00", "24:00"]);
    expect((await put(200, owner, touching)).json).toEqual(touching);
    expect(await slotsOf(owner)).toEqual(touching);
  });

  it("takes 70 slots, and not one more", async () => {
    const owner = await person();
    const many = Array.from({ length: 71 }, (_, n): Slot => {
      const hour = String(Math.floor(n / 7)).padStart(2, "0");
      return [n % 7, `${hour}:00`, `${hour}:30`];
    });
    const { json } = await put(200, owner, week(...many.slice(0, 70)));
    expect(at(json, "slots")).toHaveLength(70);
    const answer = await put(400, owner, week(...many));
    expect(detailsOf(answer)).toEqual({ slots: "must have at most 70 entries" });
    expect(await slotsOf(owner)).toEqual(json);
  });

  it("ignores what it does not know", async () => {
    const [owner, other] = [await person(), await person()];
    const [known] = week([1, "09:00", "10:00"]).slots;
    const strange = { id: 7, dayOfWeek: 3, startMinute: 0, timezone: "Asia/Tokyo", schedule_id: other.id };
    const json = {
      ...{ user_id: other.id, timezone: "Asia/Tokyo", version: 99, expectedVersion: 99, expected_version: 99 },
      slots: [{ ...known, ...strange }],
    };
    expect((await put(200, owner, json)).json).toEqual(week([1, "09:00", "10:00"]));
    expect(await slotsOf(other)).toEqual({ slots: [] });
  });

  const time = "must be a time as HH:MM";
  const refusedSlots: [Slot, Record<string, string>][] = [
    ...[
      "9:00",
      "24:30",
      "24:01",
      "25:00",
      "09:60",
      "0900",
      "09:00:00",
      "09:00Z",
      " 09:00",
      "-1:00",
      "",
      "٠٩:٠٠",
      540,
      null,
    ].map((start): [Slot, Record<string, string>] => [[1, start, "17:00"], { start_time: time }]),
    [[1, "09:00", "24:30"], { end_time: time }],
    [[1, "9:00", "17:0"], { start_time: time, end_time: time }],
    [[1, "09:00", "09:00"], { end_time: "must be after the start" }],
    [[1, "17:00", "09:00"], { end_time: "must be after the start" }],
    [[1, "24:00", "24:00"], { start_time: "must be before the end of the day" }],
    [[7, "09:00", "17:00"], { day_of_week: "must be at most 6" }],
    [[-1, "09:00", "17:00"], { day_of_week: "must be at least 0" }],
    [[1.5, "09:00", "17:00"], { day_of_week: "must be a whole number" }],
    [["1", "09:00", "17:00"], { day_of_week: "must be a number" }],
    [[null, "09:00", "17:00"], { day_of_week: "must be a number" }],
    [
      [undefined, undefined, undefined],
      { day_of_week: "is required", start_time: "is required", end_time: "is required" },
    ],
  ];
  it.each(refusedSlots)("refuses %j", async (wrong, faults) => {
    const owner = await person();
    const before = await put(200, owner, week([2, "08:00", "09:00"]));
    const answer = await put(400, owner, week([0, "09:00", "10:00"], wrong));
    expect(answer.json).toMatchObject({ error: { code: "validation_error" } });
    const named = Object.entries(faults).map(([field, message]) => [`slots.1.${field}`, message]);
    expect(detailsOf(answer)).toEqual(Object.fromEntries(named));
    expect(await slotsOf(owner)).toEqual(before.json);
  });

  it.each([
    ["the same twice", week([1, "09:00", "10:00"], [1, "09:00", "10:00"]), ["slots.1"]],
    [
      "one that reaches into another",
      week([1, "09:00", "10:00"], [2, "09:00", "10:00"], [1, "09:59", "11:00"]),
      ["slots.2"],
    ],
    ["one within another", week([1, "09:00", "17:00"], [1, "12:00", "13:00"]), ["slots.1"]],
    ["one around others", week([1, "09:00", "10:00"], [1, "11:00", "12:00"], [1, "00:00", "24:00"]), ["slots.2"]],
    [
      "three on one another",
      week([1, "09:00", "12:00"], [1, "10:00", "13:00"], [1, "11:00", "14:00"]),
      ["slots.1", "slots.2"],
    ],
  ])("refuses slots that overlap: %s", async (_, json, named) => {
    const owner = await person();
    const answer = await put(400, owner, json);
    const details = named.map((field) => [field, "overlaps another slot on the same day"]);
    expect(detailsOf(answer)).toEqual(Object.fromEntries(details));
    expect(await slotsOf(owner)).toEqual({ slots: [] });
  });

  it.each([
    ["nothing", {}, { slots: "is required" }],
    ["null", { slots: null }, { slots: "must be an array" }],
    ["an object", { slots: { day_of_week: 1 } }, { slots: "must be an array" }],
    ["text", { slots: ["monday"] }, { "slots.0": "must be an object" }],
    ["null among slots", { slots: [null] }, { "slots.0": "must be an object" }],
  ])("refuses %s in place of slots", async (_, json, details) => {
    expect(detailsOf(await put(400, await person(), json))).toEqual(details);
  });

  it("refuses all but a JSON object, once it knows who asks", async () => {
    const { token } = await person();
    const send = (status: number, raw: string, type: string, sent?: string) =>
      contract.call(status, save, { token: sent, raw, headers: { "content-type": type } });
    for (const raw of ["", "{", "[]", "null"]) await send(400, raw, "application/json", token);
    await send(415, "{}", "text/plain", token);
    await send(401, "{", "application/json");
    await send(401, "{}", "text/plain", "nonsense");
    await refused(401, "unauthorized", save, { json: {}, headers: { "if-match": '"nonsense"' } });
  });

  it("writes only over the state that If-Match names", async () => {
    const owner = await person();
    const etagOf = async () => (await contract.call(200, read, { token: owner.token })).headers.etag ?? "";
    const never = await etagOf();
    const first = await put(200, owner, week([1, "09:00", "10:00"]), never);
    expect(first.headers.etag).toBe(await etagOf());
    const stale = await put(412, owner, { slots: [] }, never);
    expect(stale.json).toMatchObject({ error: { code: "precondition_failed" } });
    await put(412, owner, { slots: [] }, '"nonsense"');
    expect(await slotsOf(owner)).toEqual(first.json);
    await put(200, owner, { slots: [] }, first.headers.etag);
    await put(200, owner, week([1, "09:00", "10:00"]), "*");
  });

  it("lets one of 20 tabs win that saw the same state, and keeps its week whole", async () => {
    const owner = await person();
    const seen = (await put(200, owner, week([0, "09:00", "10:00"]))).headers.etag ?? "";
    const saves = (headers: Record<string, string>) =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) => {
          const json = week([1, `0${n % 10}:00`, `0${n % 10}:30`], [2, `1${n % 10}:00`, `1${n % 10}:${10 + n}`]);
          return call(contract.test.app, save, { token: owner.token, json, headers });
        }),
      );
    const guarded = await saves({ "if-match": seen });
    expect(guarded.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
    expect(await slotsOf(owner)).toEqual(guarded.find(({ status }) => status === 200)?.json);

    const free = await saves({});
    expect(free.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(free.map(({ json }) => json)).toContainEqual(await slotsOf(owner));
  });
});

/** Saves as another surface may: wall time of a zone, in minutes of the day. */
async function saveLocally(
  owner: Person,
  timezone: string,
  [day, start, end]: [number, number, number],
): Promise<void> {
  await sql(
    `WITH made AS (INSERT INTO schedules (id, user_id, timezone) VALUES (uuidv7(), $1, $2) RETURNING id)
     INSERT INTO weekly_slots (schedule_id, day_of_week, start_minute, end_minute) SELECT id, $3, $4, $5 FROM made`,
    [owner.id, timezone, day, start, end],
  );
}
