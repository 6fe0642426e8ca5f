import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { bookings, bookingsIn, day, holds, noIds, placeOf } from "../../testing/bookings";
import { at, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/schedule\/bookings(\/\{id\})?$/]);
const { call, refused, person } = contract;
const { visitor, host, book, booked } = bookingsIn(contract);

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
      created_at: time,
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
