import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const path = "/v1/users/me/schedule/overrides";
const contract = contractOf(surface, [path]);
const { person, refused } = contract;

const slot = (start_time: string, end_time: string) => ({ start_time, end_time });
/** A date so and so many days from today. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const listed = async ({ token }: Person, from = day(0), to = day(60)) =>
  (await contract.call(200, `GET ${path}?from=${from}&to=${to}`, { token })).json;
const put = (status: number, { token }: Person, date: string, json: unknown) =>
  contract.call(status, `PUT ${path}/${date}`, { token, json });
const putRange = (status: number, { token }: Person, json: unknown) =>
  contract.call(status, `PUT ${path}`, { token, json });
const remove = (status: number, { token }: Person, date: string) =>
  contract.call(status, `DELETE ${path}/${date}`, { token });

describe("one date", () => {
  it("is closed, opened at other hours, and given its weekday's back, for a user of any role", async () => {
    for (const role of ["user", "verified_user", "host", "admin"] as const) {
      const owner = await person({ role });
      const date = day(10);
      expect(await listed(owner)).toEqual({ overrides: [], timezone: "UTC" });
      expect((await put(200, owner, date, { slots: [] })).body).toBe(`{"date":"${date}","slots":[]}`);
      expect(await listed(owner)).toEqual({ overrides: [{ date, slots: [] }], timezone: "UTC" });

      const slots = [slot("09:00", "12:00"), slot("12:00", "24:00")];
      const saved = await put(200, owner, date, { slots: slots.toReversed() });
      expect(saved.body).toBe(JSON.stringify({ date, slots }));
      expect(await listed(owner)).toEqual({ overrides: [{ date, slots }], timezone: "UTC" });

      expect((await remove(204, owner, date)).body).toBe("");
      expect(await listed(owner)).toEqual({ overrides: [], timezone: "UTC" });
      await remove(404, owner, date);
    }
  });

  it("is one of the schedule's zone, and leaves its weekly hours alone", async () => {
    const owner = await person();
    const { token } = owner;
    const json = { timezone: "Pacific/Auckland", slots: [{ day_of_week: 4, ...slot("09:00", "17:00") }] };
    const schedule = (await contract.call(200, "PUT /v1/users/me/schedule", { token, json })).body;
    await put(200, owner, day(3), { slots: [] });
    expect(await listed(owner)).toEqual({ overrides: [{ date: day(3), slots: [] }], timezone: "Pacific/Auckland" });
    expect((await contract.call(200, "GET /v1/users/me/schedule", { token })).body).toBe(schedule);
  });

  it("leaves the weekly hours in UTC as they were put, byte for byte", async () => {
    const owner = await person();
    const { token } = owner;
    const json = { slots: [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({ day_of_week, ...slot("09:00", "17:00") })) };
    const { body } = await contract.call(200, "PUT /v1/users/me/availability", { token, json });
    await putRange(200, owner, { from: day(-7), to: day(7), slots: [] });
    expect((await contract.call(200, "GET /v1/users/me/availability", { token })).body).toBe(body);
  });

  it("is its owner's alone", async () => {
    const [owner, other] = [await person(), await person()];
    await put(200, owner, day(5), { slots: [] });
    expect(await listed(other)).toEqual({ overrides: [], timezone: "UTC" });
    await remove(404, other, day(5));
    expect(await listed(owner)).toMatchObject({ overrides: [{ date: day(5) }] });
  });

  it("that is none is a fault of the caller, who is told of it by its name", async () => {
    const owner = await person();
    const details = { date: "must be a date as YYYY-MM-DD" };
    for (const wrong of ["2026-02-30", "2026-13-01", "2026-1-1", "20261224", "today", "0000-01-01", "12026-01-01"]) {
      expect(detailsOf(await put(400, owner, wrong, { slots: [] })), wrong).toEqual(details);
      expect(detailsOf(await remove(400, owner, wrong)), wrong).toEqual(details);
    }
    const both = await put(400, owner, "2026-02-30", { slots: [slot("12:00", "11:00")] });
    expect(detailsOf(both)).toEqual({ ...details, "slots.0.end_time": "must be after the start" });
  });

  it("lies within three years of today", async () => {
    const owner = await person();
    const details = { date: "must be within three years of today" };
    for (const far of [day(1200), day(-1200), "9999-12-31", "0001-01-01"]) {
      expect(detailsOf(await put(400, owner, far, { slots: [] })), far).toEqual(details);
      await remove(404, owner, far);
    }
    await put(200, owner, day(1000), { slots: [] });
  });

  it.each([
    ["nothing", {}, { slots: "is required" }],
    ["null", { slots: null }, { slots: "must be an array" }],
    ["a slot without an end", { slots: [{ start_time: "09:00" }] }, { "slots.0.end_time": "is required" }],
    ["a time that is none", { slots: [slot("09:00", "24:30")] }, { "slots.0.end_time": "must be a time as HH:MM" }],
    ["a slot that is reversed", { slots: [slot("12:00", "12:00")] }, { "slots.0.end_time": "must be after the start" }],
    [
      "a slot that never starts",
      { slots: [slot("24:00", "24:00")] },
      { "slots.0.start_time": "must be before the end of the day" },
    ],
    [
      "slots that overlap",
      { slots: [slot("09:00", "12:00"), slot("11:00", "13:00")] },
      { "slots.1": "overlaps another slot on the same day" },
    ],
    [
      "25 slots",
      { slots: Array.from({ length: 25 }, (_, n) => slot(`0${n % 10}:00`, `0${n % 10}:30`)) },
      { slots: "must have at most 24 entries" },
    ],
  ])("refuses %s, and changes nothing", async (_, json, details) => {
    const owner = await person();
    const date = day(7);
    const before = (await put(200, owner, date, { slots: [slot("08:00", "09:00")] })).json;
    expect(detailsOf(await put(400, owner, date, json))).toMatchObject(details);
    const range = { from: date, to: day(9), ...(json as object) };
    expect(detailsOf(await putRange(400, owner, range))).toMatchObject(details);
    expect(await listed(owner)).toMatchObject({ overrides: [before] });
  });
});

describe("a range", () => {
  it("is closed as a whole, both ends among it, over what its dates had", async () => {
    const owner = await person();
    await put(200, owner, day(11), { slots: [slot("08:00", "09:00")] });
    const saved = await putRange(200, owner, { from: day(10), to: day(13), slots: [] });
    const overrides = [10, 11, 12, 13].map((days) => ({ date: day(days), slots: [] }));
    expect(saved.json).toEqual({ overrides });
    expect(await listed(owner)).toEqual({ overrides, timezone: "UTC" });
    expect(await listed(owner, day(12), day(12))).toMatchObject({ overrides: [{ date: day(12) }] });
  });

  it.each([
    ["reversed", 10, 9, { to: "must not be before the first day" }],
    ["longer than 366 days", 0, 366, { to: "must make at most 366 days with the first" }],
  ])("that is %s is refused", async (_, from, to, details) => {
    const owner = await person();
    const answer = await putRange(400, owner, { from: day(from), to: day(to), slots: [] });
    expect(detailsOf(answer)).toEqual(details);
    const { token } = owner;
    const asked = await contract.call(400, `GET ${path}?from=${day(from)}&to=${day(to)}`, { token });
    expect(detailsOf(asked)).toEqual(details);
    expect(await listed(owner)).toMatchObject({ overrides: [] });
  });

  it("may be 366 days long, and not leave three years from now", async () => {
    const owner = await person();
    const { json } = await putRange(200, owner, { from: day(0), to: day(365), slots: [slot("09:00", "10:00")] });
    expect(at(json, "overrides")).toHaveLength(366);
    const answer = await putRange(400, owner, { from: day(1000), to: day(1200), slots: [] });
    expect(detailsOf(answer)).toEqual({ to: "must be within three years of today" });
  });

  it.each([
    ["", { from: "is required", to: "is required" }],
    [`?from=${day(0)}`, { to: "is required" }],
    [`?from=2026-02-30&to=${day(0)}`, { from: "must be a date as YYYY-MM-DD" }],
    ["?from=now&to=later", { from: "must be a date as YYYY-MM-DD", to: "must be a date as YYYY-MM-DD" }],
    [`?from=${day(0)}&from=${day(1)}&to=${day(2)}`, { from: "must be given once" }],
  ])("is asked for by its ends: %s", async (query, details) => {
    const { token } = await person();
    expect(detailsOf(await contract.call(400, `GET ${path}${query}`, { token }))).toEqual(details);
  });
});

it("needs a token", async () => {
  await refused(401, "unauthorized", `GET ${path}?from=${day(0)}&to=${day(1)}`);
  await refused(401, "unauthorized", `PUT ${path}`, { json: { from: day(0), to: day(1), slots: [] } });
  await refused(401, "unauthorized", `PUT ${path}/${day(0)}`, { json: { slots: [] } });
  await refused(401, "unauthorized", `DELETE ${path}/${day(0)}`);
});
