import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import type { UserFacts } from "@parley/testing/factories";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { dataOf, detailsOf } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/users$/]);
const { call, refused, person } = contract;
const ulid = ({ id }: Pick<Person, "id">) => ulidFromUuid(id);

/** Hosts whom one word finds and no other test's search does, in this order of age. */
async function hosts(word: string, facts: readonly UserFacts[]): Promise<Person[]> {
  const people: Person[] = [];
  for (const one of facts) people.push(await person({ role: "host", bio: `Speaks ${word}`, ...one }));
  return people;
}

async function found(query: string): Promise<unknown[]> {
  return dataOf(await call(200, `GET /v1/users?${query}`)).map(({ display_name }) => display_name);
}

describe("GET /v1/users", () => {
  it("answers public profiles, of hosts alone", async () => {
    const [host] = await hosts("basque", [
      { displayName: "Jane Smith", avatarKey: "avatars/a.jpg", isAvailable: true },
    ]);
    await person({ role: "verified_user", displayName: "Basque speaker", username: "basque-speaker" });
    const { json } = await call(200, "GET /v1/users?q=basque");
    expect(json).toEqual({
      success: true,
      data: [
        {
          id: host === undefined ? "" : ulid(host),
          display_name: "Jane Smith",
          username: host?.username,
          bio: "Speaks basque",
          avatar_url: "http://localhost:4000/objects/avatars/a.jpg",
          is_available: true,
          rate_per_minute: "2.50",
          window_size_minutes: 10,
          follower_count: 0,
        },
      ],
      pagination: { page: 1, per_page: 20, total: 1, total_pages: 1 },
    });
  });

  it("finds every word in name, username or bio, in any case, and takes none for a pattern", async () => {
    await hosts("czech", [
      { displayName: "Ada Lovelace", username: "countess" },
      { displayName: "Bob", username: "bob-100" },
    ]);
    expect(await found("q=CZECH%20lovelace")).toEqual(["Ada Lovelace"]);
    expect(await found("q=czech+counTESS")).toEqual(["Ada Lovelace"]);
    expect(await found("q=czech%20nobody")).toEqual([]);
    for (const wildcard of ["%25", "_", "%5C", "'", "%22"]) expect(await found(`q=czech+b${wildcard}b`)).toEqual([]);
  });

  it("puts hosts who are available first, whatever the order asked for", async () => {
    const [first] = await hosts("danish", [
      { displayName: "Dear", isAvailable: true, rateCents: 900 },
      { displayName: "Away, followed", rateCents: 100 },
      { displayName: "Cheap", isAvailable: true, rateCents: 300 },
      { displayName: "Away, new", rateCents: 200 },
    ]);
    const followed = dataOf(await call(200, "GET /v1/users?q=danish")).find(
      (one) => one.display_name === "Away, followed",
    );
    const { token } = await person();
    await call(201, `POST /v1/users/${String(followed?.id)}/follow`, { token });
    await call(201, `POST /v1/users/${first === undefined ? "" : ulid(first)}/follow`, { token });

    expect(await found("q=danish")).toEqual(["Dear", "Cheap", "Away, followed", "Away, new"]);
    expect(await found("q=danish&sort=followers")).toEqual(["Dear", "Cheap", "Away, followed", "Away, new"]);
    expect(await found("q=danish&sort=newest")).toEqual(["Cheap", "Dear", "Away, new", "Away, followed"]);
    expect(await found("q=danish&sort=rate_asc")).toEqual(["Cheap", "Dear", "Away, followed", "Away, new"]);
    expect(await found("q=danish&sort=rate_desc")).toEqual(["Dear", "Cheap", "Away, new", "Away, followed"]);
    expect(await found("q=danish&available=true&sort=rate_asc")).toEqual(["Cheap", "Dear"]);
    expect(await found("q=danish&available=false&sort=rate_asc")).toEqual(["Away, followed", "Away, new"]);
  });

  it("takes bounds of the rate as decimals, both included", async () => {
    await hosts("estonian", [
      { displayName: "a", rateCents: 50 },
      { displayName: "b", rateCents: 250 },
      { displayName: "c", rateCents: 99_999 },
    ]);
    const within = (bounds: string) => found(`q=estonian&sort=rate_asc&${bounds}`);
    expect(await within("min_rate=2.50")).toEqual(["b", "c"]);
    expect(await within("min_rate=2.51&max_rate=999.98")).toEqual([]);
    expect(await within("max_rate=2.5")).toEqual(["a", "b"]);
    expect(await within("min_rate=0.5&max_rate=999.99")).toEqual(["a", "b", "c"]);
  });

  it("links every page to its neighbours, as the pagination counts them", async () => {
    await hosts(
      "finnish",
      [1, 2, 3, 4, 5].map((n) => ({ displayName: `host ${n}` })),
    );
    const pageAt = async (page: number) => {
      const answer = await call(200, `GET /v1/users?q=finnish&sort=newest&per_page=2&page=${page}`);
      expect(at(answer.json, "pagination")).toEqual({ page, per_page: 2, total: 5, total_pages: 3 });
      return { link: answer.headers.link, names: dataOf(answer).map(({ display_name }) => display_name) };
    };
    const link = (page: number, rel: string) =>
      `</v1/users?q=finnish&sort=newest&per_page=2&page=${page}>; rel="${rel}"`;
    const ends = [link(1, "first"), link(3, "last")];
    expect(await pageAt(1)).toEqual({ link: [link(2, "next"), ...ends].join(", "), names: ["host 5", "host 4"] });
    expect(await pageAt(2)).toEqual({
      link: [link(3, "next"), link(1, "prev"), ...ends].join(", "),
      names: ["host 3", "host 2"],
    });
    expect(await pageAt(3)).toEqual({ link: [link(2, "prev"), ...ends].join(", "), names: ["host 1"] });
    // Beyond the end the way back leads to the last page that there is.
    expect(await pageAt(9)).toEqual({ link: [link(3, "prev"), ...ends].join(", "), names: [] });
    const none = await call(200, "GET /v1/users?q=nobody-speaks-this");
    expect(at(none.json, "pagination")).toEqual({ page: 1, per_page: 20, total: 0, total_pages: 0 });
    expect(none.headers.link).toBe(
      '</v1/users?q=nobody-speaks-this&page=1>; rel="first", </v1/users?q=nobody-speaks-this&page=1>; rel="last"',
    );
  });

  it("takes 100 a page", async () => {
    const { json } = await call(200, "GET /v1/users?per_page=100");
    expect(at(json, "pagination.per_page")).toBe(100);
  });

  it.each([
    ["per_page=101", "per_page"],
    ["per_page=0", "per_page"],
    ["page=0", "page"],
    ["page=-1", "page"],
    ["page=1.5", "page"],
    ["page=x", "page"],
    ["page=1&page=2", "page"],
    ["page=99999999999999999999", "page"],
    ["sort=nearest", "sort"],
    ["available=perhaps", "available"],
    ["min_rate=-0.01", "min_rate"],
    ["min_rate=2.505", "min_rate"],
    ["min_rate=2,50", "min_rate"],
    ["max_rate=1e3", "max_rate"],
    ["max_rate=", "max_rate"],
    ["min_rate=3&max_rate=2.99", "min_rate"],
    [`q=${"x".repeat(101)}`, "q"],
    ["q=a%00b", "q"],
  ])("refuses %s with 400", async (query, field) => {
    const answer = await refused(400, "validation_error", `GET /v1/users?${query}`);
    expect(detailsOf(answer)).toEqual({ [field]: expect.any(String) });
  });

  it("names every parameter at fault at once", async () => {
    const answer = await refused(400, "validation_error", "GET /v1/users?page=0&per_page=101&sort=x&min_rate=x");
    expect(Object.keys(detailsOf(answer) as object).sort()).toEqual(["min_rate", "page", "per_page", "sort"]);
  });

  it("asks for no token, and reads past parameters that it does not know", async () => {
    await call(200, "GET /v1/users?utm_source=x&__proto__=1&perPage=0");
  });
});
