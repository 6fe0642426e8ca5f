import { describe, expect, it } from "vitest";
import { bookings, bookingsIn, day, noIds } from "../../testing/bookings";
import { contractOf } from "../../testing/contract";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/schedule\/bookings\/\{id\}\//]);
const { call, refused } = contract;
const { visitor, host, book, booked, begin } = bookingsIn(contract);

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
