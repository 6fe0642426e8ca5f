import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import type { UserFacts } from "@parley/testing/factories";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/users$/, /^\/v1\/users\/\{id\}\//, "/v1/users/me/following"]);
const { call, refused, person } = contract;

/** Well formed, and nobody's. */
const nobody = "01JN2X4K8M3F7QPZRVWT6YBHCE";
/** Not one is a ULID, though letters such as I, L, O and U stand in documented examples too: none may answer 400. */
const noIds = [
  "nonsense",
  "01JN2X4K8M3F7QPZRVWT6YBHCEX",
  "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
  "01JI2L4O8U3F7QPZRVWT6YBHCE",
  "%00",
  "7",
];
const ulid = ({ id }: Pick<Person, "id">) => ulidFromUuid(id);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const detailsOf = (answer: { json: unknown }) => at(answer.json, "error.details");
const dataOf = (answer: { json: unknown }) => at(answer.json, "data") as Record<string, unknown>[];
const follow = (follower: Person, followed: Person) =>
  call(201, `POST /v1/users/${ulid(followed)}/follow`, { token: follower.token });

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

describe("POST /v1/users/{id}/follow", () => {
  it("answers 201 with the follow, for people who are no hosts too", async () => {
    const [ann, bob] = [await person(), await person()];
    const { json, headers } = await follow(ann, bob);
    expect(json).toEqual({ follower_id: ulid(ann), followed_id: ulid(bob), created_at: time });
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("takes ids in lower case, and ignores a body", async () => {
    const [ann, bob] = [await person(), await person()];
    const answer = await call(201, `POST /v1/users/${ulid(bob).toLowerCase()}/follow`, {
      token: ann.token,
      json: { x: 1 },
    });
    expect(at(answer.json, "followed_id")).toBe(ulid(bob));
  });

  it("is counted in the public profile", async () => {
    const [host] = await hosts("greek", [{ username: "greek-host" }]);
    if (host === undefined) throw new Error("no host");
    for (const one of [await person(), await person()]) await follow(one, host);
    expect(dataOf(await call(200, "GET /v1/users?q=greek"))[0]?.follower_count).toBe(2);
  });

  it("refuses oneself with 400", async () => {
    const ann = await person();
    const answer = await refused(400, "validation_error", `POST /v1/users/${ulid(ann)}/follow`, { token: ann.token });
    expect(detailsOf(answer)).toEqual({ id: "must be another person" });
    await refused(400, "validation_error", `POST /v1/users/${ulid(ann).toLowerCase()}/follow`, { token: ann.token });
  });

  it("refuses a second time with 409", async () => {
    const [ann, bob] = [await person(), await person()];
    await follow(ann, bob);
    await refused(409, "conflict", `POST /v1/users/${ulid(bob)}/follow`, { token: ann.token });
  });

  it("lets one of 20 at the same time through", async () => {
    const [ann, bob] = [await person(), await person()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        contract.test.app.inject({
          method: "POST",
          url: `/v1/users/${ulid(bob)}/follow`,
          headers: { authorization: `Bearer ${ann.token}` },
        }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([201, ...new Array<number>(19).fill(409)]);
  });

  it.each([nobody, ...noIds])("answers 404 to %s", async (id) => {
    const { token } = await person();
    const answer = await refused(404, "not_found", `POST /v1/users/${id}/follow`, { token });
    expect(detailsOf(answer)).toBeNull();
  });
});

describe("DELETE /v1/users/{id}/follow", () => {
  it("answers 204 once, then 404", async () => {
    const [ann, bob] = [await person(), await person()];
    await follow(ann, bob);
    await call(204, `DELETE /v1/users/${ulid(bob)}/follow`, { token: ann.token });
    await refused(404, "not_found", `DELETE /v1/users/${ulid(bob)}/follow`, { token: ann.token });
    await follow(ann, bob);
  });

  it("ends nobody else's follow", async () => {
    const [ann, bob, eve] = [await person(), await person(), await person()];
    await follow(ann, bob);
    await refused(404, "not_found", `DELETE /v1/users/${ulid(bob)}/follow`, { token: eve.token });
    const { json } = await call(200, `GET /v1/users/${ulid(bob)}/follow-status`, { token: ann.token });
    expect(json).toMatchObject({ is_following: true });
  });

  it.each([nobody, ...noIds])("answers 404 to %s", async (id) => {
    const { token } = await person();
    await refused(404, "not_found", `DELETE /v1/users/${id}/follow`, { token });
  });
});

describe("GET /v1/users/{id}/follow-status", () => {
  it("tells whether, and since when", async () => {
    const [ann, bob] = [await person(), await person()];
    const status = async () => (await call(200, `GET /v1/users/${ulid(bob)}/follow-status`, { token: ann.token })).json;
    expect(await status()).toEqual({ is_following: false, followed_at: null });
    const { json } = await follow(ann, bob);
    expect(await status()).toEqual({ is_following: true, followed_at: at(json, "created_at") });
    await call(204, `DELETE /v1/users/${ulid(bob)}/follow`, { token: ann.token });
    expect(await status()).toEqual({ is_following: false, followed_at: null });
  });

  it.each([nobody, ...noIds])("answers 404 to %s", async (id) => {
    const { token } = await person();
    await refused(404, "not_found", `GET /v1/users/${id}/follow-status`, { token });
  });
});

describe("lists of follows", () => {
  it("show people, the newest follow first, page by page", async () => {
    const [ann, bob, cat] = [
      await person({ displayName: "Ann", username: "ann-follows", avatarKey: "avatars/ann.jpg" }),
      await person({ displayName: "Bob" }),
      await person({ displayName: "Cat" }),
    ];
    await follow(ann, cat);
    await follow(bob, cat);
    await follow(ann, bob);

    const path = `/v1/users/${ulid(cat)}/followers`;
    const first = await call(200, `GET ${path}?per_page=1`, { token: bob.token });
    expect(first.json).toEqual({
      success: true,
      data: [{ id: ulid(bob), display_name: "Bob", username: null, avatar_url: null, followed_at: time }],
      pagination: { page: 1, per_page: 1, total: 2, total_pages: 2 },
    });
    const page = (number: number, rel: string) => `<${path}?per_page=1&page=${number}>; rel="${rel}"`;
    expect(first.headers.link).toBe([page(2, "next"), page(1, "first"), page(2, "last")].join(", "));
    const second = await call(200, `GET ${path}?per_page=1&page=2`, { token: bob.token });
    expect(dataOf(second)).toEqual([
      {
        id: ulid(ann),
        display_name: "Ann",
        username: "ann-follows",
        avatar_url: "http://localhost:4000/objects/avatars/ann.jpg",
        followed_at: time,
      },
    ]);

    const following = await call(200, "GET /v1/users/me/following", { token: ann.token });
    expect(dataOf(following).map(({ display_name }) => display_name)).toEqual(["Bob", "Cat"]);
    const none = await call(200, "GET /v1/users/me/following", { token: cat.token });
    expect(none.json).toMatchObject({ data: [], pagination: { total: 0, total_pages: 0 } });
  });

  it("tell nothing that is private", async () => {
    const [ann, bob] = [await person(), await person()];
    await follow(ann, bob);
    const { body } = await call(200, `GET /v1/users/${ulid(bob)}/followers`, { token: bob.token });
    expect(body).not.toContain(ann.email);
    expect(body).not.toMatch(/email|role|verified/);
  });

  it.each(["page=0", "per_page=101", "per_page=many"])("refuse %s with 400", async (query) => {
    const ann = await person();
    const [field = ""] = query.split("=");
    for (const path of [`/v1/users/${ulid(ann)}/followers`, "/v1/users/me/following"]) {
      const answer = await refused(400, "validation_error", `GET ${path}?${query}`, { token: ann.token });
      expect(detailsOf(answer)).toEqual({ [field]: expect.any(String) });
    }
  });

  it.each([nobody, ...noIds])("answer 404 to the followers of %s", async (id) => {
    const { token } = await person();
    await refused(404, "not_found", `GET /v1/users/${id}/followers`, { token });
  });

  it("answer 404 for someone who has deleted the account", async () => {
    const [ann, gone] = [await person(), await person()];
    await follow(ann, gone);
    await contract.test.deps.database.pool.query("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.id]);
    await refused(404, "not_found", `GET /v1/users/${ulid(gone)}/followers`, { token: ann.token });
    await refused(404, "not_found", `GET /v1/users/${ulid(gone)}/follow-status`, { token: ann.token });
    expect(dataOf(await call(200, "GET /v1/users/me/following", { token: ann.token }))).toEqual([]);
  });
});
