import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, profilesIn } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, [/^\/v1\/users\/me$/]);
const { parallel, person, refused, sql } = contract;
const me = "GET /v1/users/me";
const update = "PUT /v1/users/me";

const profileOf = profilesIn(contract);

/** Source: 000, the example of GET /v1/users/me; only the avatar lies where this app serves it. */
const example = {
  id: "01JN2X4K8M3F7QPZRVWT6YBHCE",
  email: "jane@example.com",
  display_name: "Jane Smith",
  username: "janesmith",
  bio: "Life coach and productivity consultant",
  avatar_url: "http://localhost:4000/objects/avatars/01JN2X4K.jpg",
  role: "host",
  email_verified: true,
  is_age_verified: true,
  is_available: true,
  rate_per_minute: "2.50",
  window_size_minutes: 10,
  payout_enabled: true,
  created_at: "2026-03-15T10:00:00Z",
};

/** The person of the examples, down to the id; the stored time has a fraction, which the wire leaves out. */
async function jane(): Promise<Person> {
  const { email, username, bio } = example;
  const facts = { role: "host", email, username, bio, avatarKey: "avatars/01JN2X4K.jpg", isAvailable: true } as const;
  const stranger = await person(facts);
  const id = "019545d2-4d14-1bcf-7b7f-1be68de5c58e";
  await sql("UPDATE users SET id = $2, payout_enabled = true, follower_count = 42, created_at = $3 WHERE id = $1", [
    stranger.id,
    id,
    "2026-03-15T10:00:00.987Z",
  ]);
  const { token } = await contract.test.deps.auth.issueAccessToken({ ...stranger, userId: id, role: "host" });
  return { ...stranger, id, token };
}

describe("the examples of the documentation", () => {
  it("are answered member for member, in their order", async () => {
    const { token } = await jane();
    expect((await contract.call(200, me, { token })).body).toBe(JSON.stringify(example));

    const change = {
      display_name: "Jane Smith-Jones",
      bio: "Executive coach specializing in leadership development",
      username: "janecoach",
    };
    const changed = await contract.call(200, update, { token, json: change });
    expect(changed.body).toBe(JSON.stringify({ ...example, ...change }));

    const { id, display_name, bio, avatar_url, is_available, rate_per_minute, window_size_minutes } = example;
    await contract.call(200, update, { token, json: { display_name, bio } });
    const pub = { id, display_name, username: "janecoach", bio, avatar_url, is_available, rate_per_minute };
    expect((await contract.call(200, "GET /v1/users/janecoach")).body).toBe(
      JSON.stringify({ ...pub, window_size_minutes, follower_count: 42 }),
    );
  });
});

describe("GET /v1/users/me", () => {
  it("says null of what is not known yet", async () => {
    const { id, email, token } = await person();
    const { json, headers } = await contract.call(200, me, { token });
    expect(json).toEqual({
      id: ulidFromUuid(id),
      email,
      display_name: "Jane Smith",
      username: null,
      bio: null,
      avatar_url: null,
      role: "user",
      email_verified: false,
      is_age_verified: false,
      is_available: false,
      rate_per_minute: null,
      window_size_minutes: null,
      payout_enabled: false,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(headers["cache-control"]).toContain("private");
    expect(headers.vary).toMatch(/Authorization/);
  });

  it("refuses whoever shows no token or a bad one, and whoever shows two", async () => {
    const { token } = await person();
    const unknown = await refused(401, "unauthorized", me);
    expect(unknown.headers["www-authenticate"]).toBe("Bearer");
    const forged = await refused(401, "unauthorized", me, { token: `${token.slice(0, -4)}AAAA` });
    expect(forged.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
    const otherScheme = await refused(401, "unauthorized", me, {
      headers: { authorization: "Basic amFuZTpzZWNyZXQ=" },
    });
    expect(otherScheme.headers["www-authenticate"]).toBe("Bearer");
    await refused(401, "unauthorized", `${me}?access_token=${token}`);
    await refused(400, "validation_error", `${me}?access_token=${token}`, { token });
  });

  it("sends nothing to whoever has the present state already, and only the head to whoever asks for it", async () => {
    const { token } = await person({ displayName: "Zoë 🦊" });
    const { headers, bytes } = await contract.call(200, me, { token });
    const etag = headers.etag ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const unchanged = await contract.call(304, me, { token, headers: { "if-none-match": tag } });
      expect(unchanged.body).toBe("");
      expect(unchanged.headers.etag).toBe(etag);
      expect(unchanged.headers["content-type"]).toBeUndefined();
    }
    const head = await contract.call(200, "HEAD /v1/users/me", { token });
    expect(head.body).toBe("");
    expect(head.headers).toMatchObject({ etag, "content-length": String(bytes.length) });
    await contract.call(304, "HEAD /v1/users/me", { token, headers: { "if-none-match": etag } });

    await contract.call(200, update, { token, json: { bio: "New" } });
    const changed = await contract.call(200, me, { token, headers: { "if-none-match": etag } });
    expect(changed.headers.etag).not.toBe(etag);
  });
});

describe("PUT /v1/users/me", () => {
  it("takes back what GET answered, and changes nothing by it", async () => {
    const newcomer = await person();
    const host = await person({ role: "host", bio: "A bio\nof two lines", isAvailable: true });
    for (const { token } of [newcomer, host]) {
      const read = await contract.call(200, me, { token });
      const written = await contract.call(200, update, { token, json: read.json });
      expect(written.body).toBe(read.body);
      expect(written.headers.etag).toBe(read.headers.etag);
    }
  });

  it("changes what is included and leaves the rest", async () => {
    const { token } = await person({ bio: "A bio" });
    const named = await contract.call(200, update, { token, json: { display_name: "  Jane\u00a0 Doe " } });
    expect(named.json).toMatchObject({ display_name: "Jane\u00a0 Doe", bio: "A bio" });
    expect((await contract.call(200, update, { token, json: {} })).body).toBe(named.body);
    expect((await contract.call(200, update, { token, json: { bio: null } })).json).toMatchObject({ bio: null });
    const cased = await contract.call(200, update, { token, json: { username: "Jane_Doe-7" } });
    expect(cased.json).toMatchObject({ username: "jane_doe-7", display_name: "Jane\u00a0 Doe" });
  });

  it("ignores what a caller may not decide, in either spelling", async () => {
    const victim = await person();
    const { rows: before } = await sql("SELECT * FROM users WHERE id = $1", [victim.id]);
    const json = {
      ...{ id: example.id, email: "evil@example.com", role: "admin", created_at: "2001-01-01T00:00:00Z" },
      ...{ email_verified: true, is_age_verified: true, payout_enabled: true, is_available: true },
      ...{ rate_per_minute: "0.01", window_size_minutes: 99, avatar_url: "https://example.com/", follower_count: 9 },
      ...{ version: 99, expected_version: 99, expectedVersion: 99, displayName: "Evil", emailVerified: true },
    };
    const raw = JSON.stringify(json).replace("{", '{"__proto__":{"role":"admin"},"constructor":{"prototype":1},');
    const headers = { "content-type": "application/json" };
    const answer = await contract.call(200, update, { token: victim.token, raw, headers });
    expect(answer.json).toEqual(await profileOf(victim));
    expect((await sql("SELECT * FROM users WHERE id = $1", [victim.id])).rows).toEqual(before);
  });

  it.each([
    ["display_name", "x".repeat(80)],
    ["display_name", "🦊".repeat(80)],
    ["bio", "x".repeat(500)],
    ["bio", "🦊".repeat(500)],
    ["bio", "tab\tand\r\nline"],
    ["bio", ""],
    ["bio", "'; DROP TABLE users; -- <script>alert(1)</script>"],
    ["display_name", "עברית ‏العربية"],
    ["username", "abc"],
    ["username", "x".repeat(30)],
  ])("accepts %s %j", async (field, value) => {
    const owner = await person();
    const answer = await contract.call(200, update, { token: owner.token, json: { [field]: value } });
    expect(at(answer.json, field)).toBe(value);
    expect(await profileOf(owner)).toEqual(answer.json);
  });

  it.each([
    ["display_name", "x".repeat(81), "must be at most 80 characters"],
    ["display_name", "🦊".repeat(81), "must be at most 80 characters"],
    ["display_name", "", "must not be empty"],
    ["display_name", " \t\u00a0", "must not be empty"],
    ["display_name", null, "must be a string"],
    ["display_name", 7, "must be a string"],
    ["display_name", ["Jane"], "must be a string"],
    ["display_name", "a\u0000b", "must not contain control characters"],
    ["display_name", "a\nb", "must not contain control characters"],
    ["display_name", "a\u001b[31mb", "must not contain control characters"],
    ["display_name", "a\u0085b", "must not contain control characters"],
    ["display_name", "a\u007fb", "must not contain control characters"],
    ["display_name", "a\ud800b", "must not contain control characters"],
    ["display_name", "a\udc00\ud800b", "must not contain control characters"],
    ["bio", "x".repeat(501), "must be at most 500 characters"],
    ["bio", "🦊".repeat(501), "must be at most 500 characters"],
    ["bio", { text: "x" }, "must be a string"],
    ["bio", "a\u0000b", "must not contain control characters"],
    ["bio", "a\u009fb", "must not contain control characters"],
    ["bio", "a\u0008b", "must not contain control characters"],
    ["bio", "a\udfffb", "must not contain control characters"],
    ["username", "ab", "must be 3 to 30 letters"],
    ["username", "x".repeat(31), "must be 3 to 30 letters"],
    ["username", "-abc", "must be 3 to 30 letters"],
    ["username", "abc_", "must be 3 to 30 letters"],
    ["username", "jane smith", "must be 3 to 30 letters"],
    ["username", "jane.smith", "must be 3 to 30 letters"],
    ["username", "jаne", "must be 3 to 30 letters"],
    ["username", "ja\u0000ne", "must be 3 to 30 letters"],
    ["username", "ja\ud800ne", "must be 3 to 30 letters"],
    ["username", "", "must be 3 to 30 letters"],
    ["username", 12345, "must be a string"],
    ["username", "Admin", "is reserved"],
    ["username", "settings", "is reserved"],
  ])("refuses %s %j, and names it", async (field, value, message) => {
    const owner = await person();
    const answer = await refused(400, "validation_error", update, { token: owner.token, json: { [field]: value } });
    expect(detailsOf(answer)).toEqual({ [field]: expect.stringContaining(message) });
    expect(await profileOf(owner)).toMatchObject({ display_name: "Jane Smith", bio: null, username: null });
  });

  it("names every field at fault, and changes none where one is", async () => {
    const owner = await person();
    const json = { display_name: "", bio: 7, username: "me" };
    const answer = await refused(400, "validation_error", update, { token: owner.token, json });
    expect(Object.keys(detailsOf(answer) as object).sort()).toEqual(["bio", "display_name", "username"]);
    await refused(400, "validation_error", update, { token: owner.token, json: { display_name: "New", bio: 7 } });
    expect(await profileOf(owner)).toMatchObject({ display_name: "Jane Smith" });
  });

  it("never takes a username away", async () => {
    const { token } = await person({ role: "host" });
    const answer = await refused(400, "validation_error", update, { token, json: { username: null } });
    expect(detailsOf(answer)).toEqual({ username: "cannot be removed, only changed" });
  });

  it("refuses a username that is another's, in any case, or was until a moment ago", async () => {
    const [owner, other] = [await person({ username: "coveted-one" }), await person()];
    const covet = () => refused(409, "conflict", update, { token: other.token, json: { username: "COVETED-one" } });
    expect(detailsOf(await covet())).toEqual({ username: "is taken" });
    await contract.call(200, update, { token: owner.token, json: { username: "renamed-one" } });
    expect(detailsOf(await covet())).toEqual({ username: "is taken" });
    await contract.call(200, update, { token: owner.token, json: { username: "coveted-one" } });
  });

  it("gives a username that 20 people claim at once to one of them", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => person()));
    const answers = await parallel(20, (n) => [update, { token: people[n]?.token, json: { username: "claimed" } }]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
    const { rows } = await sql("SELECT id FROM users WHERE username = 'claimed'", []);
    expect(rows).toEqual([{ id: people[answers.findIndex(({ status }) => status === 200)]?.id }]);
  });

  it("writes only over the state that If-Match names", async () => {
    const { token } = await person();
    const etag = (await contract.call(200, me, { token })).headers.etag ?? "";
    const put = (status: number, tag: string, bio: string) =>
      contract.call(status, update, { token, json: { bio }, headers: { "if-match": tag } });
    const first = await put(200, etag, "first");
    expect(first.headers.etag).toBe((await contract.call(200, me, { token })).headers.etag);
    expect((await put(412, etag, "second")).json).toMatchObject({ error: { code: "precondition_failed" } });
    await put(412, '"nonsense"', "second");
    await put(412, `W/${first.headers.etag}`, "second");
    expect((await contract.call(200, me, { token })).json).toMatchObject({ bio: "first" });
    await put(200, `${etag}, ${first.headers.etag}`, "third");
    await put(200, "*", "fourth");
  });

  it("refuses all but a JSON object", async () => {
    const { token } = await person();
    const put = (status: number, raw: string, type?: string) =>
      contract.call(status, update, { token, raw, ...(type !== undefined && { headers: { "content-type": type } }) });
    const json = "application/json";
    for (const raw of ["", "{", "null", "[]", '"x"', "7", "{}{}", '{"bio":"\n"}', "[".repeat(50_000)]) {
      await put(400, raw, json);
    }
    await put(400, JSON.stringify({ bio: "x".repeat(300 * 1024) }), json);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "x"]) {
      await put(415, "{}", type);
    }
    await put(415, "{}");
    await put(200, "{}", "Application/JSON; charset=UTF-8");
  });

  it("asks for the token before it reads the body", async () => {
    const headers = { "content-type": "application/json" };
    await refused(401, "unauthorized", update, { raw: "{", headers });
    await refused(401, "unauthorized", update, { raw: "{", headers: { "content-type": "text/plain" } });
    await refused(401, "unauthorized", update, { json: { username: "me" }, token: "nonsense" });
    await refused(401, "unauthorized", update, { json: {}, headers: { "if-match": '"nonsense"' } });
  });
});
