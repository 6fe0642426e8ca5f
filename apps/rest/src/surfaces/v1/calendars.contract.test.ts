import { ulidFromUuid, uuidFromUlid } from "@parley/surface-kit/codecs/ulid";
import { type CalendarServer, calendarOf, startCalendarServer } from "@parley/testing/calendar-server";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const paths = [/\.ics$/, "/v1/users/me/calendar-feeds", "/v1/users/me/external-calendars"];
const contract = contractOf(surface, paths, { remoteFetch: { isAllowed: (address) => address === "127.0.0.1" } });
const { call, refused, person } = contract;

/** Well formed, and nobody's. */
const nobody = "01JN2X4K8M3F7QPZRVWT6YBHCE";
const noIds = [nobody, "nonsense", "%00", "7"];
let server: CalendarServer;

beforeAll(async () => {
  server = await startCalendarServer(calendarOf());
});
afterAll(() => server.close());

const inDays = (days: number, clock: string) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${clock}Z`;

async function host(): Promise<Person> {
  const ann = await person({ role: "host", displayName: "Ann" });
  const slots = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day_of_week: day, start_time: "08:00", end_time: "12:00" }));
  await call(200, "PUT /v1/users/me/schedule", { token: ann.token, json: { timezone: "UTC", slots } });
  return ann;
}

async function booked() {
  const [ann, bob] = [await host(), await person({ role: "verified_user", displayName: "Bob" })];
  const json = {
    host_username: ann.username,
    start: inDays(3, "10:00:00"),
    duration_minutes: 30,
    note: "One, two; three",
  };
  const { json: booking } = await call(201, "POST /v1/schedule/bookings", { token: bob.token, json });
  return { ann, bob, id: textAt(booking, "id"), start: textAt(booking, "start"), end: textAt(booking, "end") };
}

function entryOf(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const entry = calendar.getFirstSubcomponent("vevent");
  const value = (name: string) => entry?.getFirstPropertyValue(name);
  const instant = (name: string) => `${(value(name) as ICAL.Time).toJSDate().toISOString().slice(0, 19)}Z`;
  return { ...{ uid: value("uid"), status: value("status"), sequence: value("sequence") }, instant };
}

const isCalendar = { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, no-cache" };

describe("GET /v1/schedule/bookings/{id}.ics", () => {
  it("is the booking, for both sides, and stays it as it changes", async () => {
    const { ann, bob, id, start, end } = await booked();
    for (const { token } of [ann, bob]) {
      const { body, headers } = await call(200, `GET /v1/schedule/bookings/${id}.ics`, { token });
      expect(headers).toMatchObject(isCalendar);
      const { instant, ...entry } = entryOf(body);
      expect(entry).toEqual({ uid: `${uuidFromUlid(id)}@parley`, status: "CONFIRMED", sequence: 0 });
      expect([instant("dtstart"), instant("dtend")]).toEqual([start, end]);
    }
    await call(200, `POST /v1/schedule/bookings/${id}/cancel`, { token: bob.token, json: { reason: "Ill" } });
    const { body } = await call(200, `GET /v1/schedule/bookings/${id}.ics`, { token: ann.token });
    const { uid, status, sequence } = entryOf(body);
    expect([uid, status]).toEqual([`${uuidFromUlid(id)}@parley`, "CANCELLED"]);
    expect(Number(sequence)).toBeGreaterThan(0);
  });

  it("answers 304 to those who have it, and leaves the booking itself where it was", async () => {
    const { ann, id } = await booked();
    const { headers } = await call(200, `GET /v1/schedule/bookings/${id}.ics`, { token: ann.token });
    const known = { token: ann.token, headers: { "if-none-match": headers.etag ?? "" } };
    expect((await call(304, `GET /v1/schedule/bookings/${id}.ics`, known)).body).toBe("");
    expect((await call(200, `GET /v1/schedule/bookings/${id}`, { token: ann.token })).json).toMatchObject({ id });
  });

  it("answers 404 to others, and for what is no booking", async () => {
    const { id } = await booked();
    const { token } = await person();
    for (const each of [id, ...noIds])
      await refused(404, "not_found", `GET /v1/schedule/bookings/${each}.ics`, { token });
  });

  it("answers 401 without a token", async () => {
    await refused(401, "unauthorized", `GET /v1/schedule/bookings/${nobody}.ics`);
  });
});

describe("/v1/users/me/calendar-feeds", () => {
  const pathOf = (url: string) => new URL(url).pathname;

  it("leads to feeds that anyone can follow who knows their address", async () => {
    const { ann, bob, id } = await booked();
    const { json: hosts } = await call(200, "GET /v1/users/me/calendar-feeds", { token: ann.token });
    const { json: callers } = await call(200, "GET /v1/users/me/calendar-feeds", { token: bob.token });
    expect(hosts).toEqual({
      host: expect.stringMatching(/^http:\/\/localhost:4000\/v1\//),
      caller: expect.any(String),
    });
    expect(callers).toEqual({ host: null, caller: expect.any(String) });
    for (const url of [textAt(hosts, "host"), textAt(callers, "caller")]) {
      const { body, headers } = await call(200, `GET ${pathOf(url)}`);
      expect(headers).toMatchObject(isCalendar);
      expect(entryOf(body).uid).toBe(`${uuidFromUlid(id)}@parley`);
      await call(304, `GET ${pathOf(url)}`, { headers: { "if-none-match": headers.etag ?? "" } });
    }
  });

  it("gives one of them another address", async () => {
    const { token } = await host();
    const { json: before } = await call(200, "GET /v1/users/me/calendar-feeds", { token });
    const { json: after } = await call(200, "POST /v1/users/me/calendar-feeds/host/reset", { token });
    expect(textAt(after, "host")).not.toBe(textAt(before, "host"));
    expect(textAt(after, "caller")).toBe(textAt(before, "caller"));
    await refused(404, "not_found", `GET ${pathOf(textAt(before, "host"))}`);
    await call(200, `GET ${pathOf(textAt(after, "host"))}`);
  });

  it("answers 403 for the hosts' feed of those who are none, and 404 for one that there is not", async () => {
    const { token } = await person();
    await refused(403, "forbidden", "POST /v1/users/me/calendar-feeds/host/reset", { token });
    await refused(404, "not_found", "POST /v1/users/me/calendar-feeds/guest/reset", { token });
  });

  it.each(["cal_nobodys", nobody, "%00", "x".repeat(513)])("is followed by 404 for the token %j", async (token) => {
    await refused(404, "not_found", `GET /v1/schedule/feeds/${token}.ics`);
  });
});

describe("/v1/users/me/external-calendars", () => {
  const path = "/v1/users/me/external-calendars";
  const add = async ({ token }: Person, url = server.url) =>
    textAt((await call(201, `POST ${path}`, { token, json: { name: "Work", url } })).json, "id");

  it("closes what was open, until it is removed", async () => {
    const ann = await host();
    const { token } = ann;
    const [from, to] = [inDays(4, "00:00:00"), inDays(5, "00:00:00")];
    const openings = async () => {
      const query = `from=${from}&to=${to}&duration_minutes=60`;
      const { json } = await call(200, `GET /v1/users/${ann.username}/openings?${query}`);
      return (at(json, "openings") as { start: string }[]).map(({ start }) => start.slice(11, 16));
    };
    const open = await openings();
    expect(open).toContain("09:00");
    server.content = calendarOf([inDays(4, "08:00:00"), inDays(4, "11:00:00")]);
    const id = await add(ann);
    expect(await openings()).toEqual(["11:00"]);
    await call(204, `DELETE ${path}/${id}`, { token });
    expect(await openings()).toEqual(open);
  });

  it("shows what was read, and what failed since", async () => {
    server.content = calendarOf();
    const { token, ...ann } = await person();
    const id = await add({ token, ...ann });
    const calendar = { id, name: "Work", host: "127.0.0.1", fetched_at: time, created_at: time };
    const fine = { ...calendar, failed_at: null, failure: null };
    expect((await call(200, `GET ${path}`, { token })).json).toEqual({ calendars: [fine] });
    server.content = 503;
    const failed = { ...calendar, failed_at: time, failure: "answers with status 503 instead of a calendar" };
    expect((await call(200, `POST ${path}/${id}/refresh`, { token })).json).toEqual(failed);
    expect((await call(200, `GET ${path}`, { token })).json).toEqual({ calendars: [failed] });
    server.content = calendarOf();
    expect((await call(200, `POST ${path}/${id}/refresh`, { token })).json).toEqual(fine);
  });

  it.each([
    ["calendar.ics", "must be an http or https address"],
    ["ftp://127.0.0.1/a.ics", "must be an http or https address"],
    ["http://ann:secret@127.0.0.1/a.ics", "must not hold a user name or password"],
    ["http://10.0.0.1/a.ics", "must lead to a public address of the internet"],
    ["webcal://[::ffff:7f00:1]/a.ics", "must lead to a public address of the internet"],
    ["", "must not be empty"],
  ])("answers 400 for the address %j, naming it", async (url, message) => {
    const { token } = await person();
    const answer = await refused(400, "validation_error", `POST ${path}`, { token, json: { name: "Work", url } });
    expect(detailsOf(answer)).toEqual({ url: message });
  });

  it("answers 400 for what is no calendar, and for no name", async () => {
    const { token } = await person();
    server.content = "<html>";
    const json = { name: "Work", url: server.url };
    const answer = await refused(400, "validation_error", `POST ${path}`, { token, json });
    expect(detailsOf(answer)).toEqual({ url: "does not hold a calendar file" });
    const nameless = await refused(400, "validation_error", `POST ${path}`, { token, json: { ...json, name: " " } });
    expect(detailsOf(nameless)).toEqual({ name: "must not be empty" });
  });

  it("answers 409 for one that is there already", async () => {
    server.content = calendarOf();
    const ann = await person();
    await add(ann);
    const json = { name: "Again", url: server.url };
    const answer = await refused(409, "conflict", `POST ${path}`, { token: ann.token, json });
    expect(detailsOf(answer)).toEqual({ url: "is one of your calendars already" });
  });

  it("answers 404 for another's, and for what is none", async () => {
    server.content = calendarOf();
    const [ann, bob] = [await person(), await person()];
    for (const id of [await add(ann), ulidFromUuid(ann.id), ...noIds]) {
      await refused(404, "not_found", `DELETE ${path}/${id}`, { token: bob.token });
      await refused(404, "not_found", `POST ${path}/${id}/refresh`, { token: bob.token });
    }
  });
});
