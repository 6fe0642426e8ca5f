import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/users/{username}/openings", "/v1/schedule/free-hosts"]);
const { call, refused, person } = contract;

/** The Sunday before the Monday on which these hosts can be booked. */
const now = "2026-11-22T12:00:00Z";
const monday = "from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z&duration_minutes=60";
let clock: () => Date;

beforeEach(() => {
  clock = contract.test.deps.clock;
  contract.test.deps.clock = () => new Date(now);
});
afterEach(() => {
  contract.test.deps.clock = clock;
});

/** On Monday from nine to eleven in New York. */
async function host(facts: { username?: string; displayName?: string } = {}): Promise<Person> {
  const made = await person({ role: "host", ...facts });
  const slots = [{ dayOfWeek: 1, startMinute: 9 * 60, endMinute: 11 * 60 }];
  await contract.test.deps.schedules.replaceWeek(made.id, { timezone: "America/New_York", slots });
  return made;
}
const openingsOf = ({ username }: Person, query = monday) => `GET /v1/users/${username}/openings?${query}`;

describe("GET /v1/users/{username}/openings", () => {
  it("lists instants, and tells the host's zone", async () => {
    const { json } = await call(200, openingsOf(await host()));
    expect(json).toEqual({
      openings: [
        { start: "2026-11-23T14:00:00Z", end: "2026-11-23T15:00:00Z" },
        { start: "2026-11-23T14:15:00Z", end: "2026-11-23T15:15:00Z" },
        { start: "2026-11-23T14:30:00Z", end: "2026-11-23T15:30:00Z" },
        { start: "2026-11-23T14:45:00Z", end: "2026-11-23T15:45:00Z" },
        { start: "2026-11-23T15:00:00Z", end: "2026-11-23T16:00:00Z" },
      ],
      timezone: "America/New_York",
    });
  });

  it("lists none where there are none, nor what is past or beyond the window", async () => {
    const one = await host();
    for (const period of [
      "from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z",
      "from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z",
      "from=0001-01-01T00:00:00Z&to=0001-02-01T00:00:00Z",
      "from=2031-01-01T00:00:00Z&to=2031-02-01T00:00:00Z",
      "from=9999-11-01T00:00:00Z&to=9999-12-31T23:59:59Z",
    ]) {
      expect((await call(200, openingsOf(one, `${period}&duration_minutes=60`))).json).toMatchObject({ openings: [] });
    }
  });

  it("lists what is booked no more", async () => {
    const one = await host();
    const { token } = await person({ role: "verified_user" });
    const booking = { host_username: one.username, start: "2026-11-23T14:15:00Z", duration_minutes: 60 };
    await contract.test.app.inject({
      method: "POST",
      url: "/v1/schedule/bookings",
      headers: { authorization: `Bearer ${token}` },
      payload: booking,
    });
    expect((await call(200, openingsOf(one))).json).toMatchObject({ openings: [] });
    const short = monday.replace("=60", "=15");
    expect((await call(200, openingsOf(one, short))).json).toMatchObject({
      openings: ["14:00", "15:15", "15:30", "15:45"].map((time) => ({ start: `2026-11-23T${time}:00Z` })),
    });
  });

  it.each([
    ["no time", "duration_minutes=60", { from: "is required", to: "is required" }],
    ["no length", monday.split("&duration")[0], { duration_minutes: "is required" }],
    [
      "a length that is not offered",
      monday.replace("=60", "=20"),
      { duration_minutes: "must be one of 15, 30, 45, 60" },
    ],
    ["a length of nothing", monday.replace("=60", "=0"), { duration_minutes: "must be at least 1" }],
    ["a date", monday.replace("T00:00:00Z&to", "&to"), { from: "must be a date and time as YYYY-MM-DDTHH:MM:SSZ" }],
    ["an end before the beginning", monday.replace("to=2026-11-24", "to=2026-11-22"), { to: "must be after from" }],
    ["no time between", monday.replace("to=2026-11-24", "to=2026-11-23"), { to: "must be after from" }],
    [
      "more than 62 days",
      monday.replace("to=2026-11-24T00:00:00Z", "to=2027-01-24T00:00:01Z"),
      { to: "must be at most 62 days after from" },
    ],
  ])("refuses %s, and names it", async (_, query, details) => {
    const answer = await refused(400, "validation_error", openingsOf(await host(), query));
    expect(detailsOf(answer)).toEqual(details);
  });

  it("takes 62 days", async () => {
    const period = monday.replace("to=2026-11-24", "to=2027-01-24");
    const { json } = await call(200, openingsOf(await host(), period));
    // Sixty dates ahead, and nine Mondays among them.
    expect(at(json, "openings")).toHaveLength(9 * 5);
  });

  it("knows hosts alone, and leads to the one who is called otherwise now", async () => {
    await person({ role: "verified_user", username: "no-host-of-mine" });
    for (const username of ["nobody-at-all", "no-host-of-mine", "not%20a%20name"]) {
      await refused(404, "not_found", `GET /v1/users/${username}/openings?${monday}`);
    }
    const renamed = await host({ username: "openings-before" });
    await contract.test.deps.profiles.update(renamed.id, { username: "openings-after" });
    const moved = await call(307, openingsOf(renamed));
    expect(moved.headers.location).toBe(`/v1/users/openings-after/openings?${monday}`);
  });
});

describe("GET /v1/schedule/free-hosts", () => {
  const free = `GET /v1/schedule/free-hosts?${monday}`;

  it("lists who can be booked, with the first few openings, page by page", async () => {
    await contract.test.deps.database.pool.query("DELETE FROM users");
    const one = await host({ displayName: "Free on Monday" });
    const other = await host();
    const closed = await host();
    await contract.test.deps.overrides.replace(closed.id, ["2026-11-23"], []);
    await person({ role: "host" });
    const { json } = await call(200, free);
    expect(json).toMatchObject({
      success: true,
      data: [{ host: { username: other.username } }, { host: { username: one.username } }],
      pagination: { page: 1, per_page: 20, total: 2, total_pages: 1 },
    });
    expect(at(json, "data.1")).toEqual({
      host: {
        id: ulidFromUuid(one.id),
        display_name: "Free on Monday",
        username: one.username,
        bio: null,
        avatar_url: null,
        is_available: false,
        rate_per_minute: "2.50",
        window_size_minutes: 10,
        follower_count: 0,
      },
      openings: [
        { start: "2026-11-23T14:00:00Z", end: "2026-11-23T15:00:00Z" },
        { start: "2026-11-23T14:15:00Z", end: "2026-11-23T15:15:00Z" },
        { start: "2026-11-23T14:30:00Z", end: "2026-11-23T15:30:00Z" },
      ],
    });
    const second = await call(200, `${free}&page=2&per_page=1`);
    expect(second.json).toMatchObject({ data: [{ host: { username: one.username } }], pagination: { total: 2 } });
    expect((await call(200, `${free}&page=3&per_page=1`)).json).toMatchObject({ data: [], pagination: { total: 2 } });
    // Nobody offers twenty minutes.
    expect((await call(200, free.replace("=60", "=20"))).json).toMatchObject({ data: [], pagination: { total: 0 } });
  });

  it("refuses what openings refuse, and pages that cannot be", async () => {
    for (const [query, details] of [
      ["duration_minutes=60", { from: "is required", to: "is required" }],
      [monday.replace("to=2026-11-24", "to=2026-11-22"), { to: "must be after from" }],
      [`${monday}&page=0&per_page=101`, { page: "must be at least 1", per_page: "must be at most 100" }],
    ] as const) {
      const answer = await refused(400, "validation_error", `GET /v1/schedule/free-hosts?${query}`);
      expect(detailsOf(answer)).toEqual(details);
    }
  });
});
