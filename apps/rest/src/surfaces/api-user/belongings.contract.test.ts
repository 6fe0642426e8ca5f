import { type OidcServer, startOidcServer } from "@parley/testing/oidc-server";
import { signInAt } from "@parley/testing/oidc-sign-in";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokenOf } from "../../testing/api-token";
import { time, uuid } from "../../testing/api-user-answers";
import type { Person } from "../../testing/app";
import { at, call as bareCall, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import surface from "./surface";

/** Document 004: what belongs to the user beside the profile: accounts elsewhere, organizations and messages. */

const redirectUri = "http://localhost:3000/api/auth/callback/oidc";
const elsewhere = { provider: "oidc" as const, instanceName: "elsewhere.example", name: "Elsewhere" };
// Where the server of identities listens is known before the app of these tests opens.
let server: OidcServer;
const identityProviders = [
  { ...elsewhere, url: "", clientId: "", clientSecret: "" },
  // Nobody listens there.
  { ...elsewhere, instanceName: "gone.example", url: "http://127.0.0.1:9", clientId: "parley", clientSecret: "x" },
];
beforeAll(async () => {
  server = await startOidcServer({ redirectUris: [redirectUri] });
  const { issuer: url, clientId, clientSecret } = server;
  Object.assign(identityProviders[0] ?? {}, { url, clientId, clientSecret });
});
afterAll(() => server.close());

const paths = ["/api/user/identities", "/api/user/organizations", "/api/user/{username}", "/api/messages"];
const contract = contractOf(surface, paths, { identityProviders });
const { call, person, sql } = contract;
const sealer = () => contract.test.deps.auth.sealer;

describe("linked identities", () => {
  const list = async ({ cookie }: Person) => (await call(200, "GET /api/user/identities", { cookie })).json;
  const remove = (status: number, cookie: string | undefined, search: string) =>
    call(status, `DELETE /api/user/identities${search}`, { cookie });
  const verify = (status: number, cookie: string | undefined, json: object) =>
    call(status, "POST /api/user/identities/verify", { cookie, json });

  /** Without tokens: what shows that somebody linked an account at a time when its provider was configured. */
  const link = (
    userId: string,
    provider: string,
    instanceName: string,
    tokens: Uint8Array | null = null,
    subject = "1",
  ) =>
    sql(
      `INSERT INTO identities (id, user_id, provider, instance_name, subject, provider_username, sealed_tokens)
       VALUES (uuidv7(), $1, $2::identity_provider, $3, $5, 'yourhandle', $4)`,
      [userId, provider, instanceName, tokens, subject],
    );

  /** Somebody who signs in with a password, and has linked these accounts too. */
  async function linked(...accounts: [provider: string, instanceName: string][]): Promise<Person> {
    const ann = await person();
    await sql("UPDATE users SET password_hash = 'x' WHERE id = $1", [ann.id]);
    for (const [provider, instanceName] of accounts) await link(ann.id, provider, instanceName, null, ann.id);
    return ann;
  }

  it("are a bare list, with the server's name where there is one", async () => {
    const ann = await linked(["github", ""], ["mastodon", "mastodon.social"]);
    expect(await list(ann)).toEqual([
      { id: uuid, provider: "github", providerUsername: "yourhandle", createdAt: time },
      {
        ...{ id: uuid, provider: "mastodon", providerUsername: "yourhandle", instanceName: "mastodon.social" },
        createdAt: time,
      },
    ]);
    expect(await list(await linked())).toEqual([]);
  });

  it("are removed by provider, and by server where there are several", async () => {
    const ann = await linked(["github", ""], ["mastodon", "one.example"], ["mastodon", "two.example"]);
    expect((await remove(200, ann.cookie, "?provider=github")).json).toEqual({ success: true });
    expect((await remove(400, ann.cookie, "?provider=mastodon")).json).toEqual({
      error: "instanceName is needed: you have linked several",
    });
    await remove(200, ann.cookie, "?provider=mastodon&instanceName=one.example");
    expect(await list(ann)).toMatchObject([{ instanceName: "two.example" }]);
    await remove(404, ann.cookie, "?provider=github");
    await remove(200, ann.cookie, "?provider=mastodon");
  });

  it.each([
    ["", "provider is required"],
    ["?provider=myspace", /^provider must be one of github, mastodon, bluesky, linkedin, x, oidc$/],
  ])("are not removed where %j does not say which", async (search, error) => {
    const ann = await linked(["github", ""]);
    const { json } = await remove(400, ann.cookie, search);
    expect(json).toEqual({ error: typeof error === "string" ? error : expect.stringMatching(error) });
    expect(await list(ann)).toHaveLength(1);
  });

  it("keep the last way to sign in", async () => {
    const ann = await person();
    await link(ann.id, "oidc", elsewhere.instanceName, null, ann.id);
    const { json } = await remove(409, ann.cookie, "?provider=oidc");
    expect(json).toEqual({ error: "provider is the only way to sign in" });
    expect(await list(ann)).toHaveLength(1);
  });

  it("are verified at their provider, which may say something else than before, or nothing any more", async () => {
    const ann = await person();
    const account = { sub: ann.id, name: "Ann", preferred_username: "ann", email: ann.email, email_verified: true };
    const sealed = sealer().seal(JSON.stringify(await signInAt(server, redirectUri, account)));
    await link(ann.id, "oidc", elsewhere.instanceName, sealed, ann.id);
    server.accounts.set(account.sub, { ...account, preferred_username: "ann-renamed" });
    expect((await verify(200, ann.cookie, { provider: "oidc" })).json).toEqual({
      ...{ id: uuid, provider: "oidc", providerUsername: "ann-renamed", instanceName: elsewhere.instanceName },
      createdAt: time,
    });
    expect(await list(ann)).toMatchObject([{ providerUsername: "ann-renamed" }]);
    server.accounts.delete(account.sub);
    expect((await verify(400, ann.cookie, { provider: "oidc" })).json).toEqual({
      error: "provider has to be linked again",
    });
    expect(await list(ann)).toMatchObject([{ providerUsername: "ann-renamed" }]);
  });

  it("cannot be verified while their provider is away", async () => {
    const ann = await person();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const sealed = sealer().seal(JSON.stringify({ accessToken: "a", refreshToken: null, expiresAt }));
    await link(ann.id, "oidc", "gone.example", sealed, ann.id);
    const { json } = await verify(503, ann.cookie, { provider: "oidc" });
    expect(textAt(json, "error")).toMatch(/^Elsewhere .+; try again shortly$/);
  });

  it("that are none cannot be verified", async () => {
    const { cookie } = await linked();
    await verify(404, cookie, { provider: "github" });
    expect((await verify(400, cookie, {})).json).toEqual({ error: "provider is required" });
  });
});

describe("organizations", () => {
  const create = (status: number, cookie: string | undefined, json: object) =>
    call(status, "POST /api/user/organizations", { cookie, json });

  it("are created by the user, and listed with their role", async () => {
    const { cookie } = await person();
    const { json } = await create(201, cookie, { name: " Ann and friends " });
    expect(json).toEqual({
      ...{ id: uuid, name: "Ann and friends", role: "owner", memberCount: 1, createdAt: time, updatedAt: time },
    });
    expect((await call(200, "GET /api/user/organizations", { cookie })).json).toEqual([json]);
    const other = await person();
    expect((await call(200, "GET /api/user/organizations", { cookie: other.cookie })).json).toEqual([]);
  });

  it.each([
    [{}, "name is required"],
    [{ name: "  " }, "name must not be empty"],
    [{ name: "x".repeat(81) }, "name must be at most 80 characters"],
  ])("are not created as %j", async (json, error) => {
    expect((await create(400, (await person()).cookie, json)).json).toEqual({ error });
  });

  it("are bounded for one person", async () => {
    const { cookie } = await person();
    for (let i = 1; i <= 20; i += 1) await create(201, cookie, { name: `Number ${i}` });
    await create(409, cookie, { name: "One more" });
  });
});

describe("messages", () => {
  const post = (status: number, token: string | undefined, json: object) =>
    call(status, "POST /api/messages", { token, json });
  const read = async ({ cookie }: Person, username: string | null, search = "") =>
    (await call(200, `GET /api/user/${username}/messages${search}`, { cookie })).json;
  const author = () => person({ role: "host" });

  it("are posted, and shown to others where they are public, to their author all", async () => {
    const [ann, bob] = [await author(), await person()];
    const { json } = await post(201, ann.token, { content: " Good day " });
    expect(json).toEqual({
      ...{ id: uuid, content: "Good day", visibility: "public", createdAt: time },
      author: { id: ann.id, username: ann.username, displayName: "Jane Smith", avatarUrl: null, isHost: true },
    });
    const secret = await post(201, ann.token, { content: "A secret", visibility: "private" });
    expect(await read(bob, ann.username)).toEqual({
      messages: [json],
      pagination: { total: 1, limit: 20, offset: 0, hasMore: false },
    });
    expect(await read(ann, ann.username)).toEqual({
      messages: [secret.json, json],
      pagination: { total: 2, limit: 20, offset: 0, hasMore: false },
    });
  });

  it("are as public as the user prefers, and as long as they allow themselves", async () => {
    const ann = await author();
    const preferred = { defaultPubliclyVisible: false, maxMessageLength: 5, messagesPerPage: 10 };
    await bareCall(contract.test.app, "PATCH /api/user/update", { token: ann.token, json: preferred });
    expect((await post(201, ann.token, { content: "12345" })).json).toMatchObject({ visibility: "private" });
    const { json } = await post(400, ann.token, { content: "123456" });
    expect(textAt(json, "error")).toMatch(/^content must be at most 5 characters/);
    expect(await read(ann, ann.username)).toMatchObject({ pagination: { total: 1, limit: 10 } });
  });

  it("begin at any place, and say whether there are more", async () => {
    const ann = await author();
    for (const content of ["one", "two", "three", "four"]) await post(201, ann.token, { content });
    const route = `/api/user/${ann.username}/messages`;
    const { json, headers } = await call(200, `GET ${route}?limit=2&offset=1`, { cookie: ann.cookie });
    expect(json).toMatchObject({
      messages: [{ content: "three" }, { content: "two" }],
      pagination: { total: 4, limit: 2, offset: 1, hasMore: true },
    });
    expect(headers.link).toContain(`<${route}?limit=2&offset=3>; rel="next"`);
    expect(await read(ann, ann.username, "?offset=3")).toMatchObject({ pagination: { offset: 3, hasMore: false } });
    expect(at(await read(ann, ann.username, "?offset=9"), "messages")).toEqual([]);
    for (const search of ["limit=0", "limit=101", "offset=-1", "offset=x"]) {
      const refused = await call(400, `GET ${route}?${search}`, { cookie: ann.cookie });
      expect(textAt(refused.json, "error")).toMatch(/^(limit|offset) must be /);
    }
  });

  it("of nobody, and of somebody who keeps out of sight, are not found", async () => {
    const [ann, bob] = [await author(), await person()];
    await bareCall(contract.test.app, "PATCH /api/user/update", { token: ann.token, json: { isPrivateAccount: true } });
    for (const username of ["nobody-at-all", ann.username, "%F0%9F%99%82"]) {
      await call(404, `GET /api/user/${username}/messages`, { cookie: bob.cookie });
    }
    expect(await read(ann, ann.username)).toMatchObject({ messages: [] });
  });

  it("are not posted by nobody, empty, or before the address is proven", async () => {
    const ann = await author();
    await post(401, undefined, { content: "Good day" });
    expect((await post(400, ann.token, {})).json).toEqual({ error: "content is required" });
    expect((await post(400, ann.token, { content: " " })).json).toEqual({ error: "content must not be empty" });
    const json = { content: "Good day", visibility: "friends" };
    expect((await post(400, ann.token, json)).json).toEqual({ error: "visibility must be one of public, private" });
    const { token } = await person({ isEmailVerified: false });
    expect((await post(403, token, { content: "Good day" })).json).toEqual({
      error: "Verify your e-mail address before you post",
    });
  });

  it("may be posted with a personal API token, which need not be good for more", async () => {
    const ann = await author();
    const { token } = await apiTokenOf(contract.test.deps, ann.id, { scopes: ["messages:write"] });
    expect(token).toMatch(/^il_tok_/);
    await post(201, token, { content: "By a machine" });
    await bareCall(contract.test.app, "GET /api/user", { token }).then(({ status }) => expect(status).toBe(403));
  });
});
