import { describe, expect, it } from "vitest";
import { bookings, bookingsIn, day, holds, noIds, placeOf } from "../../testing/bookings";
import { textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [holds]);
const { call, refused } = contract;
const { visitor, host, book } = bookingsIn(contract);

describe("POST /v1/schedule/holds", () => {
  it("keeps a place for five minutes, for anyone, and the booking takes it over", async () => {
    const [ann, bob, eve] = [await host(), await visitor(), await visitor()];
    const { json } = await call(201, `POST ${holds}`, { json: placeOf(ann), address: "192.0.2.1" });
    expect(json).toEqual({ id: expect.any(String), start: day(3), end: day(3, "10:30:00"), expires_at: time });
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
