import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { nobody } from "../../testing/requests";
import { dataOf, detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/users\/\{id\}\//, "/v1/users/me/following"]);
const { call, refused, person } = contract;

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
const follow = (follower: Person, followed: Person) =>
  call(201, `POST /v1/users/${ulid(followed)}/follow`, { token: follower.token });

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
    const host = await person({ role: "host", bio: "Speaks greek", username: "greek-host" });
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
