import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/notifications($|\/unread-count|\/read-all|\/\{id\}\/)/]);
const { call, refused, person } = contract;
const ulid = expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

interface Told {
  id: string;
  read: boolean;
  title: string;
}

/** A host whom these people follow, in this order, and who was told of it. */
async function hostFollowedBy(...names: string[]): Promise<Person> {
  const host = await person({ role: "host" });
  for (const displayName of names) {
    const { token } = await person({ displayName });
    await call(201, `POST /v1/users/${ulidFromUuid(host.id)}/follow`, { token });
  }
  return host;
}
const listOf = async ({ token }: Person, query = "") =>
  at((await call(200, `GET /v1/notifications${query}`, { token })).json, "data") as Told[];
const countOf = async ({ token }: Person) => (await call(200, "GET /v1/notifications/unread-count", { token })).json;

describe("GET /v1/notifications", () => {
  it("lists what one was told, newest first, in an envelope with pages", async () => {
    const host = await person({ role: "host" });
    const ann = await person({ displayName: "Ann", username: "ann-of-notices" });
    await call(201, `POST /v1/users/${ulidFromUuid(host.id)}/follow`, { token: ann.token });
    const { json } = await call(200, "GET /v1/notifications", { token: host.token });
    expect(json).toEqual({
      success: true,
      data: [
        {
          id: ulid,
          type: "follow_new",
          title: "Ann follows you",
          body: "",
          data: { person_id: ulidFromUuid(ann.id), username: "ann-of-notices" },
          read: false,
          created_at: time,
        },
      ],
      pagination: { page: 1, per_page: 20, total: 1, total_pages: 1 },
    });
  });

  it("spells what a booking's notification leads to", async () => {
    const host = await person({ role: "host" });
    const bookingId = "01932d2c-7f3b-7aaa-8bbb-000000000001";
    await contract.test.deps.database.pool.query(
      `INSERT INTO notifications (id, user_id, type, title, body, data, cause) VALUES (uuidv7(), $1,
        'booking_confirmed', 'Confirmed', 'Some day', $2, 'booking')`,
      [host.id, { bookingId, start: "2026-12-01T10:00:00.000Z", end: "2026-12-01T10:30:00.000Z", username: "jane" }],
    );
    const [told] = await listOf(host);
    expect(told).toMatchObject({
      type: "booking_confirmed",
      data: {
        booking_id: ulidFromUuid(bookingId),
        start: "2026-12-01T10:00:00Z",
        end: "2026-12-01T10:30:00Z",
        username: "jane",
      },
    });
  });

  it("goes page by page", async () => {
    const host = await hostFollowedBy("One", "Two", "Three");
    const { json, headers } = await call(200, "GET /v1/notifications?page=2&per_page=1", { token: host.token });
    expect((at(json, "data") as Told[]).map(({ title }) => title)).toEqual(["Two follows you"]);
    expect(at(json, "pagination")).toEqual({ page: 2, per_page: 1, total: 3, total_pages: 3 });
    expect(headers.link).toContain('page=3&per_page=1>; rel="next"');
  });

  it("leaves out, with unread=true, what was read", async () => {
    const host = await hostFollowedBy("One", "Two");
    const [two, one] = await listOf(host);
    await call(204, `PUT /v1/notifications/${two?.id}/read`, { token: host.token });
    expect(await listOf(host, "?unread=true")).toEqual([one]);
    expect((await listOf(host, "?unread=false")).map(({ read }) => read)).toEqual([true, false]);
  });

  it.each(["page=0", "per_page=101", "unread=maybe"])("refuses %s with 400", async (query) => {
    const { token } = await person();
    const answer = await refused(400, "validation_error", `GET /v1/notifications?${query}`, { token });
    expect(Object.keys(at(answer.json, "error.details") as object)).toEqual([query.split("=")[0]]);
  });
});

describe("GET /v1/notifications/unread-count", () => {
  it("counts what was not read", async () => {
    const host = await hostFollowedBy("One", "Two");
    expect(await countOf(host)).toEqual({ count: 2 });
    expect(await countOf(await person())).toEqual({ count: 0 });
  });
});

describe("PUT /v1/notifications/{id}/read", () => {
  it("answers 204, again and again", async () => {
    const host = await hostFollowedBy("One", "Two");
    const [told] = await listOf(host);
    for (let time = 0; time < 2; time++) {
      await call(204, `PUT /v1/notifications/${told?.id}/read`, { token: host.token });
      expect(await countOf(host)).toEqual({ count: 1 });
    }
    expect((await listOf(host)).map(({ read }) => read)).toEqual([true, false]);
  });

  it("answers 404 alike for another's, for one that never was, and for what is no id", async () => {
    const [host, eve] = [await hostFollowedBy("One"), await person()];
    const [told] = await listOf(host);
    const answers: unknown[] = [];
    for (const id of [told?.id, ulidFromUuid(host.id)]) {
      answers.push((await refused(404, "not_found", `PUT /v1/notifications/${id}/read`, { token: eve.token })).body);
    }
    expect(answers[0]).toBe(answers[1]);
    await refused(404, "not_found", "PUT /v1/notifications/nonsense/read", { token: eve.token });
    expect(await countOf(host)).toEqual({ count: 1 });
  });
});

describe("PUT /v1/notifications/read-all", () => {
  it("answers 204, and leaves those of others alone", async () => {
    const [host, other] = [await hostFollowedBy("One", "Two"), await hostFollowedBy("Three")];
    for (let time = 0; time < 2; time++) await call(204, "PUT /v1/notifications/read-all", { token: host.token });
    expect(await countOf(host)).toEqual({ count: 0 });
    expect((await listOf(host)).map(({ read }) => read)).toEqual([true, true]);
    expect(await countOf(other)).toEqual({ count: 1 });
  });
});
