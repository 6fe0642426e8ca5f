import { ulidFromUuid, uuidFromUlid } from "@parley/surface-kit/codecs/ulid";
import type { UserFacts } from "@parley/testing/factories";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import surface from "./surface";

const bookings = "/v1/schedule/bookings";
const holds = "/v1/schedule/holds";
const contract = contractOf(surface, [/^\/v1\/schedule\/(bookings|holds)(\/\{id\}(\/.*)?)?$/]);
const { call, refused, person } = contract;

/** Well formed, and nobody's. */
const nobody = "01JN2X4K8M3F7QPZRVWT6YBHCE";
const noIds = [nobody, "nonsense", "01JN2X4K8M3F7QPZRVWT6YBHCEX", "%00", "7"];
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const detailsOf = (answer: { json: unknown }) => at(answer.json, "error.details");
const visitor = (facts: UserFacts = {}) => person({ role: "verified_user", ...facts });
const everyDay = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day_of_week: day, start_time: "00:00", end_time: "24:00" }));
const rules = {
  ...{ durations_minutes: [30, 60], step_minutes: 30, buffer_before_minutes: 0, buffer_after_minutes: 0 },
  ...{ minimum_notice_minutes: 60, window_days: 30, max_per_day: null, requires_consent: false },
};

/** A host who is there at all times. */
async function host(changes: Partial<Record<keyof typeof rules, unknown>> = {}, facts: UserFacts = {}) {
  const { token, ...rest } = await person({ role: "host", ...facts });
  await call(200, "PUT /v1/users/me/schedule", { token, json: { timezone: "UTC", slots: everyDay } });
  await call(200, "PUT /v1/users/me/booking-rules", { token, json: { ...rules, ...changes } });
  return { token, ...rest };
}

/** So many days from now, on the full hour. */
const day = (days: number, time = "10:00:00") =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}Z`;
const placeOf = ({ username }: Person, start = day(3)) => ({ host_username: username, start, duration_minutes: 30 });
const book = async (caller: Person, one: Person, start?: string) =>
  (await call(201, `POST ${bookings}`, { token: caller.token, json: placeOf(one, start) })).json;
const booked = async (changes?: Parameters<typeof host>[0]) => {
  const [ann, bob] = [await host(changes), await visitor()];
  const id = textAt(await book(bob, ann), "id");
  return { ann, bob, id, path: `${bookings}/${id}` };
};
/** Lets a booking have begun an hour ago. */
const begin = (id: string) =>
  contract.test.deps.database.pool.query(
    "UPDATE bookings SET starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour' WHERE id = $1",
    [uuidFromUlid(id)],
  );
describe("POST /v1/schedule/bookings", () => {
  it("answers 201 with the booking, its price frozen, and no e-mail address", async () => {
    const ann = await host({}, { displayName: "Ann", rateCents: 250 });
    const bob = await visitor({ displayName: "Bob" });
    const json = { ...placeOf(ann), note: "About\nthe thesis", timezone: "Australia/Sydney" };
    const answer = await call(201, `POST ${bookings}`, { token: bob.token, json });
    expect(answer.json).toEqual({
      id: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
      host_id: ulidFromUuid(ann.id),
      host_username: ann.username,
      host_display_name: "Ann",
      caller_id: ulidFromUuid(bob.id),
      caller_display_name: "Bob",
      start: day(3),
      end: day(3, "10:30:00"),
      duration_minutes: 30,
      status: "confirmed",
      note: "About\nthe thesis",
      rate: "2.50",
      price: "75.00",
      ended_by: null,
      reason: null,
      sequence: 0,
      created_at: instant,
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.body).not.toContain("@");
  });

  it("is a request where the host wants to consent", async () => {
    const json = await book(await visitor(), await host({ requires_consent: true }));
    expect(at(json, "status")).toBe("requested");
  });

  it("takes a start in any precision and at any offset, and null for what is left out", async () => {
    const ann = await host();
    for (const [start, same] of [
      [day(3, "10:00:00.000"), day(3)],
      [day(4).replace("Z", "+02:00"), day(4, "08:00:00")],
    ] as const) {
      const { token } = await visitor();
      const json = { ...placeOf(ann, start), note: null, timezone: null, hold_id: null };
      const answer = await call(201, `POST ${bookings}`, { token, json });
      expect(answer.json).toMatchObject({ start: same, note: null });
    }
  });

  it("runs once under one key, though its place is taken by then", async () => {
    const [ann, bob] = [await host(), await visitor()];
    const options = { token: bob.token, json: placeOf(ann), headers: { "idempotency-key": "one-booking" } };
    const [first, again] = [await call(201, `POST ${bookings}`, options), await call(201, `POST ${bookings}`, options)];
    expect(again.body).toBe(first.body);
  });

  it("refuses a place that is taken or closed with 409, which names what is open", async () => {
    const [ann, bob, eve] = [await host(), await visitor(), await visitor()];
    await book(bob, ann);
    for (const start of [day(3), day(3, "09:45:00"), day(40)]) {
      const answer = await refused(409, "conflict", `POST ${bookings}`, {
        token: eve.token,
        json: placeOf(ann, start),
      });
      expect(detailsOf(answer)).toEqual({
        start: expect.stringMatching(/^is no longer open; the next openings are (\S+Z(, |$)){5}/),
      });
    }
    await call(200, "PUT /v1/users/me/schedule", { token: ann.token, json: { timezone: "UTC", slots: [] } });
    const none = await refused(409, "conflict", `POST ${bookings}`, { token: eve.token, json: placeOf(ann) });
    expect(detailsOf(none)).toEqual({ start: "is no longer open; there are no other openings" });
  });

  it("refuses a caller who has something else then with 409", async () => {
    const [ann, bea, bob] = [await host(), await host(), await visitor()];
    await book(bob, ann);
    const answer = await refused(409, "conflict", `POST ${bookings}`, { token: bob.token, json: placeOf(bea) });
    expect(detailsOf(answer)).toEqual({ start: "overlaps another booking of yours" });
  });

  it("refuses somebody whose e-mail address is not proven with 403", async () => {
    const [ann, { token }] = [await host(), await person()];
    await refused(403, "forbidden", `POST ${bookings}`, { token, json: placeOf(ann) });
    // A role that may never comes before the shape; one that may soon comes after it.
    await refused(400, "validation_error", `POST ${bookings}`, { token, json: {} });
  });

  it("answers 404 for somebody who is no host, and for another's hold", async () => {
    const [ann, bob, eve] = [await host(), await visitor({ username: "bob-the-visitor" }), await visitor()];
    for (const host_username of ["nobody-at-all", "not a name", "bob-the-visitor"]) {
      await refused(404, "not_found", `POST ${bookings}`, {
        token: eve.token,
        json: { ...placeOf(ann), host_username },
      });
    }
    const hold = await call(201, `POST ${holds}`, { token: bob.token, json: placeOf(ann) });
    const json = { ...placeOf(ann), hold_id: textAt(hold.json, "id") };
    await refused(404, "not_found", `POST ${bookings}`, { token: eve.token, json });
    await call(201, `POST ${bookings}`, { token: bob.token, json });
  });

  it.each([
    ["start", { start: undefined }],
    ["start", { start: "tomorrow" }],
    ["start", { start: "2026-02-30T10:00:00Z" }],
    ["start", { start: "2020-01-01T10:00:00Z" }],
    ["duration_minutes", { duration_minutes: 45 }],
    ["duration_minutes", { duration_minutes: 0 }],
    ["duration_minutes", { duration_minutes: "30" }],
    ["duration_minutes", { duration_minutes: undefined }],
    ["host_username", { host_username: undefined }],
    ["note", { note: "x".repeat(1001) }],
    ["note", { note: "a\u0000b" }],
    ["timezone", { timezone: "Europe/Atlantis" }],
    ["hold_id", { hold_id: "nonsense" }],
  ])("refuses a wrong %s with 400: %o", async (field, change) => {
    const [ann, { token }] = [await host(), await visitor()];
    const json = { ...placeOf(ann), ...change };
    const answer = await refused(400, "validation_error", `POST ${bookings}`, { token, json });
    expect(detailsOf(answer)).toEqual({ [field]: expect.any(String) });
  });

  it("refuses one's own page and a hold on another place with 400", async () => {
    const [ann, { token }] = [await host(), await visitor()];
    const own = await refused(400, "validation_error", `POST ${bookings}`, { token: ann.token, json: placeOf(ann) });
    expect(detailsOf(own)).toEqual({ host_username: "must be another person's" });
    const hold = await call(201, `POST ${holds}`, { token, json: placeOf(ann) });
    const json = { ...placeOf(ann, day(4)), hold_id: textAt(hold.json, "id") };
    const elsewhere = await refused(400, "validation_error", `POST ${bookings}`, { token, json });
    expect(detailsOf(elsewhere)).toEqual({ hold_id: "is a hold on another place" });
  });

  it("lets one of 20 at the same time through", async () => {
    const ann = await host();
    const people = await Promise.all(Array.from({ length: 20 }, () => visitor()));
    const answers = await Promise.all(
      people.map(({ token }) =>
        contract.test.app.inject({
          method: "POST",
          url: bookings,
          headers: { authorization: `Bearer ${token}` },
          payload: placeOf(ann),
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...new Array<number>(19).fill(409)]);
  });
});

describe("GET /v1/schedule/bookings", () => {
  it("lists upcoming ones soonest first, past ones latest first, of either side", async () => {
    const { ann, bob, id } = await booked();
    const sooner = textAt(await book(bob, ann, day(2)), "id");
    const cancelled = textAt(await book(bob, ann, day(4)), "id");
    await call(200, `POST ${bookings}/${cancelled}/cancel`, { token: bob.token });
    const ids = async ({ token }: Person, query = "") => {
      const { json } = await call(200, `GET ${bookings}${query}`, { token });
      return (at(json, "data") as { id: string }[]).map((one) => one.id);
    };
    for (const side of [ann, bob]) {
      expect(await ids(side)).toEqual([sooner, id]);
      expect(await ids(side, "?when=upcoming&per_page=1&page=2")).toEqual([id]);
      expect(await ids(side, "?when=past")).toEqual([cancelled]);
    }
    expect(await ids(ann, "?as=host")).toEqual([sooner, id]);
    expect(await ids(ann, "?as=caller")).toEqual([]);
    expect(await ids(await visitor())).toEqual([]);
  });

  it.each([
    ["when=soon", "when"],
    ["as=admin", "as"],
    ["per_page=101", "per_page"],
    ["page=0", "page"],
  ])("refuses %s with 400", async (query, field) => {
    const { token } = await visitor();
    const answer = await refused(400, "validation_error", `GET ${bookings}?${query}`, { token });
    expect(detailsOf(answer)).toEqual({ [field]: expect.any(String) });
  });
});

describe("GET /v1/schedule/bookings/{id}", () => {
  it("answers both sides alike, and 404 to everybody else", async () => {
    const { ann, bob, path } = await booked();
    const [own, others] = [await call(200, `GET ${path}`, ann), await call(200, `GET ${path}`, bob)];
    expect(own.body).toBe(others.body);
    await refused(404, "not_found", `GET ${path}`, await visitor());
    await refused(404, "not_found", `GET ${path}`, await person({ role: "admin" }));
    for (const id of noIds) await refused(404, "not_found", `GET ${bookings}/${id}`, ann);
  });
});

describe("POST /v1/schedule/bookings/{id}/…", () => {
  it("accept and decline are the host's, of what was requested", async () => {
    for (const [step, status, ended_by] of [
      ["accept", "confirmed", null],
      ["decline", "declined", "host"],
    ] as const) {
      const { ann, bob, path } = await booked({ requires_consent: true });
      await refused(403, "forbidden", `POST ${path}/${step}`, bob);
      await refused(404, "not_found", `POST ${path}/${step}`, await host());
      const { json } = await call(200, `POST ${path}/${step}`, ann);
      expect(json).toMatchObject({ status, ended_by, reason: null, sequence: 1 });
      await refused(409, "conflict", `POST ${path}/${step}`, ann);
    }
  });

  it("decline and cancel take a reason, or none", async () => {
    const { ann, path } = await booked({ requires_consent: true });
    const { token } = ann;
    const long = await refused(400, "validation_error", `POST ${path}/decline`, {
      token,
      json: { reason: "x".repeat(501) },
    });
    expect(detailsOf(long)).toEqual({ reason: "must be at most 500 characters" });
    const declined = await call(200, `POST ${path}/decline`, { token, json: { reason: "On holiday" } });
    expect(declined.json).toMatchObject({ status: "declined", reason: "On holiday" });
  });

  it("cancel is either side's, once, and opens the place again", async () => {
    for (const side of ["ann", "bob"] as const) {
      const { id, path, ...people } = await booked();
      const { token } = people[side];
      const wrong = await refused(400, "validation_error", `POST ${path}/cancel`, { token, json: { reason: 7 } });
      expect(detailsOf(wrong)).toEqual({ reason: "must be a string" });
      const { json } = await call(200, `POST ${path}/cancel`, { token, json: { reason: "Ill" } });
      expect(json).toMatchObject({
        id,
        status: "cancelled",
        ended_by: side === "ann" ? "host" : "caller",
        reason: "Ill",
      });
      await refused(409, "conflict", `POST ${path}/cancel`, { token });
      await book(await visitor(), people.ann);
    }
  });

  it("reschedule moves it, by either side, and leaves it where the new place is not open", async () => {
    const { ann, bob, path } = await booked();
    for (const [{ token }, start] of [
      [bob, day(4)],
      [ann, day(5)],
    ] as const) {
      expect((await call(200, `POST ${path}/reschedule`, { token, json: { start } })).json).toMatchObject({ start });
    }
    await book(await visitor(), ann, day(6));
    const { token } = bob;
    const taken = await refused(409, "conflict", `POST ${path}/reschedule`, { token, json: { start: day(6) } });
    expect(detailsOf(taken)).toEqual({
      start: expect.stringContaining(`the next openings are ${day(6, "10:30:00")}, `),
    });
    for (const start of ["2020-01-01T10:00:00Z", "later", day(5), undefined]) {
      const answer = await refused(400, "validation_error", `POST ${path}/reschedule`, { token, json: { start } });
      expect(detailsOf(answer)).toEqual({ start: expect.any(String) });
    }
    expect((await call(200, `GET ${path}`, bob)).json).toMatchObject({
      start: day(5),
      sequence: 2,
      status: "confirmed",
    });
    await refused(404, "not_found", `POST ${path}/reschedule`, { ...(await visitor()), json: { start: day(6) } });
  });

  it("complete and no-show are the host's, once it has begun", async () => {
    for (const [step, status] of [
      ["complete", "completed"],
      ["no-show", "no_show"],
    ] as const) {
      const { ann, bob, id, path } = await booked();
      await refused(409, "conflict", `POST ${path}/${step}`, ann);
      await begin(id);
      await refused(403, "forbidden", `POST ${path}/${step}`, bob);
      expect((await call(200, `POST ${path}/${step}`, ann)).json).toMatchObject({
        status,
        ended_by: null,
        sequence: 0,
      });
      await refused(409, "conflict", `POST ${path}/${step}`, ann);
    }
  });

  it.each(["accept", "decline", "cancel", "reschedule", "complete", "no-show"])(
    "%s answers 404 to ids that are nobody's",
    async (step) => {
      const { token } = await host();
      const json = step === "reschedule" ? { start: day(3) } : undefined;
      for (const id of noIds) await refused(404, "not_found", `POST ${bookings}/${id}/${step}`, { token, json });
    },
  );
});

describe("POST /v1/schedule/holds", () => {
  it("keeps a place for five minutes, for anyone, and the booking takes it over", async () => {
    const [ann, bob, eve] = [await host(), await visitor(), await visitor()];
    const { json } = await call(201, `POST ${holds}`, { json: placeOf(ann), address: "192.0.2.1" });
    expect(json).toEqual({ id: expect.any(String), start: day(3), end: day(3, "10:30:00"), expires_at: instant });
    const length = Date.parse(textAt(json, "expires_at")) - Date.now();
    expect(length).toBeGreaterThan(4 * 60_000);
    expect(length).toBeLessThanOrEqual(5 * 60_000);
    for (const path of [bookings, holds]) {
      const answer = await refused(409, "conflict", `POST ${path}`, { token: eve.token, json: placeOf(ann) });
      expect(detailsOf(answer)).toEqual({ start: expect.stringContaining("the next openings are") });
    }
    const booking = { ...placeOf(ann), hold_id: textAt(json, "id") };
    await call(201, `POST ${bookings}`, { token: bob.token, json: booking });
  });

  it("keeps three places at most, and says when there is room again", async () => {
    const { token } = await visitor();
    for (let count = 0; count < 3; count += 1) await call(201, `POST ${holds}`, { token, json: placeOf(await host()) });
    const answer = await refused(429, "rate_limited", `POST ${holds}`, { token, json: placeOf(await host()) });
    const seconds = Number(answer.headers["retry-after"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(300);
  });

  it("refuses what a booking refuses", async () => {
    const ann = await host();
    const options = (change: object) => ({ json: { ...placeOf(ann), ...change }, address: "192.0.2.2" });
    await refused(404, "not_found", `POST ${holds}`, options({ host_username: "nobody-at-all" }));
    for (const [field, change] of [
      ["start", { start: "2020-01-01T10:00:00Z" }],
      ["duration_minutes", { duration_minutes: 45 }],
      ["host_username", { host_username: 7 }],
    ] as const) {
      const answer = await refused(400, "validation_error", `POST ${holds}`, options(change));
      expect(detailsOf(answer)).toEqual({ [field]: expect.any(String) });
    }
    const own = await refused(400, "validation_error", `POST ${holds}`, { ...options({}), token: ann.token });
    expect(detailsOf(own)).toEqual({ host_username: "must be another person's" });
  });
});

describe("DELETE /v1/schedule/holds/{id}", () => {
  it("gives the place back, once, and not for somebody else", async () => {
    const [ann, bob, eve] = [await host(), await visitor(), await visitor()];
    const { json } = await call(201, `POST ${holds}`, { token: bob.token, json: placeOf(ann) });
    const path = `${holds}/${textAt(json, "id")}`;
    for (const token of [eve.token, undefined]) await refused(404, "not_found", `DELETE ${path}`, { token });
    expect((await call(204, `DELETE ${path}`, { token: bob.token })).body).toBe("");
    await refused(404, "not_found", `DELETE ${path}`, { token: bob.token });
    await book(eve, ann);
    for (const id of noIds) await refused(404, "not_found", `DELETE ${holds}/${id}`);
  });
});
