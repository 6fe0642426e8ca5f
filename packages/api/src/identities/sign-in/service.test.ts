import { type OidcServer, startOidcServer } from "@parley/testing/oidc-server";
import { signInAt } from "@parley/testing/oidc-sign-in";
import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { listIdentities } from "../service";
import { identityProblemOf, linkIdentity, type ProvenIdentity, signInWithIdentity } from "./service";

const redirectUri = "http://localhost:3000/api/auth/callback/oidc";
let server: OidcServer;
let product: Product<Dependencies>;
let count = 0;

beforeAll(async () => {
  server = await startOidcServer({ redirectUris: [redirectUri] });
  const { issuer: url, clientId, clientSecret } = server;
  const known = { url, clientId, clientSecret };
  const identityProviders = [
    { provider: "oidc" as const, instanceName: new URL(url).host, name: "Elsewhere", ...known },
    { provider: "mastodon" as const, instanceName: "social.example", name: "social.example", ...known },
  ];
  product = await openProduct({ openDependencies: (o) => openDependencies({ ...o, identityProviders }), createTasks });
});
afterAll(async () => {
  await product.close();
  await server.close();
});

const sql = (text: string, values: unknown[] = []) => product.sql(text, values);

/** Somebody at the server, and what it says of them after they have signed in there. */
async function elsewhere(facts: { sub?: string; email?: string; isConfirmed?: boolean } = {}) {
  const sub = facts.sub ?? `sub-${++count}`;
  const { email = `${sub}@elsewhere.test`, isConfirmed = true } = facts;
  const account = { sub, name: "Robin Vale", preferred_username: sub, email, email_verified: isConfirmed };
  const tokens = await signInAt(server, redirectUri, account);
  const [source] = product.deps.identityProviders;
  const { profile } = (await source?.askAgain(tokens, new Date())) ?? {};
  if (profile === undefined) throw new Error("no provider is configured");
  return { account, proven: { key: "oidc", tokens, profile } satisfies ProvenIdentity };
}

const enter = (proven: ProvenIdentity) => signInWithIdentity(product.deps, null, proven);
const link = (person: SignedIn, proven: ProvenIdentity) => linkIdentity(product.deps, person.actor, proven);
const problemOf = (attempt: Promise<unknown>) => attempt.then(() => null, identityProblemOf);
const userOf = async (id: string) =>
  (
    await sql(
      "SELECT email, role, display_name, password_hash, email_verified_at IS NOT NULL AS is_verified FROM users WHERE id = $1",
      [id],
    )
  ).rows[0];

describe("signing in with an account elsewhere", () => {
  test("makes an account of a newcomer whose address is confirmed there, and finds it again", async () => {
    const { account, proven } = await elsewhere();
    const first = await enter(proven);
    expect(await userOf(first.userId)).toEqual({
      email: account.email,
      role: "verified_user",
      display_name: "Robin Vale",
      password_hash: null,
      is_verified: true,
    });
    expect(await product.deps.auth.resume(first.sessionId)).toMatchObject({ userId: first.userId });
    const { proven: again } = await elsewhere({ sub: account.sub, email: "moved@elsewhere.test" });
    const second = await enter(again);
    expect(second.userId).toBe(first.userId);
    expect(second.sessionId).not.toBe(first.sessionId);
    // The account's own address is its owner's to change.
    expect(await userOf(first.userId)).toMatchObject({ email: account.email });
  });

  test.each([true, false])(
    "never opens the account that has the address (confirmed here: %s)",
    async (isEmailVerified) => {
      const ann = await product.person({ isEmailVerified });
      const { proven } = await elsewhere({ email: ann.email });
      expect(await problemOf(enter(proven))).toBe("email_in_use");
      expect(await listIdentities(product.deps, ann.actor)).toEqual([]);
    },
  );

  test("makes no account of an address that the provider has not confirmed", async () => {
    const { account, proven } = await elsewhere({ isConfirmed: false });
    expect(await problemOf(enter(proven))).toBe("email_unconfirmed");
    expect((await sql("SELECT 1 FROM users WHERE email = $1", [account.email])).rows).toEqual([]);
  });

  test("makes no account for a provider that tells no addresses, and opens one that is linked", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const { proven } = await elsewhere();
    const toot = { ...proven, key: "mastodon-social.example", profile: { ...proven.profile, verifiedEmail: null } };
    expect(await problemOf(enter(toot))).toBe("not_linked");
    await link(ann, toot);
    expect(await enter(toot)).toMatchObject({ userId: ann.id });
  });

  test.each([
    ["banned", "banned_at = now()"],
    ["closed", "deleted_at = now()"],
  ])("lets nobody in whose account is %s", async (problem, change) => {
    const { proven } = await elsewhere();
    const { userId } = await enter(proven);
    await sql(`UPDATE users SET ${change} WHERE id = $1`, [userId]);
    const { rows: before } = await sql("SELECT count(*) FROM sessions WHERE user_id = $1", [userId]);
    expect(await problemOf(enter(proven))).toBe(problem);
    expect((await sql("SELECT count(*) FROM sessions WHERE user_id = $1", [userId])).rows).toEqual(before);
  });

  test("for the first time twice at once makes one account", async () => {
    const { proven } = await elsewhere();
    const entries = await Promise.all([enter(proven), enter(proven), enter(proven)]);
    expect(new Set(entries.map(({ userId }) => userId)).size).toBe(1);
  });

  test("takes what cannot be kept out of a profile, and lets its owner in", async () => {
    const { proven } = await elsewhere();
    const odd = { displayName: "\u0000", profileUrl: "javascript:alert(1)", avatarUrl: "no address" };
    const { userId } = await enter({ ...proven, profile: { ...proven.profile, ...odd } });
    expect(await userOf(userId)).toMatchObject({ display_name: "New member" });
    const { rows } = await sql("SELECT profile_url, avatar_url FROM identities WHERE user_id = $1", [userId]);
    expect(rows).toEqual([{ profile_url: null, avatar_url: null }]);
  });
});

describe("linking an account elsewhere", () => {
  test("makes it another way in, and tells the owner by mail", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const { account, proven } = await elsewhere();
    expect(await link(ann, proven)).toEqual({ isNew: true });
    expect(await enter(proven)).toMatchObject({ userId: ann.id });
    const [identity] = await listIdentities(product.deps, ann.actor);
    expect(identity).toMatchObject({ provider: "oidc", providerUsername: account.sub, email: account.email });
    await product.runJobs();
    const [mail] = await product.mails(ann.email);
    expect(mail).toContain("your account at Elsewhere");
    expect(mail).toContain("http://localhost:3000/settings/linked-accounts");
  });

  test("again brings it up to date, and tells nobody", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const { account, proven } = await elsewhere();
    await link(ann, proven);
    await product.runJobs();
    const renamed = { ...proven, profile: { ...proven.profile, username: "renamed" } };
    expect(await link(ann, renamed)).toEqual({ isNew: false });
    await product.runJobs();
    expect(await listIdentities(product.deps, ann.actor)).toMatchObject([{ providerUsername: "renamed" }]);
    expect(await product.mails(ann.email)).toHaveLength(1);
    expect(account.sub).not.toBe("renamed");
  });

  test("needs confirmed addresses on both sides", async () => {
    const [ann, bob] = [
      await product.person({ isEmailVerified: false }),
      await product.person({ isEmailVerified: true }),
    ];
    const [{ proven }, { proven: unconfirmed }] = [await elsewhere(), await elsewhere({ isConfirmed: false })];
    expect(await problemOf(link(ann, proven))).toBe("own_email_unconfirmed");
    expect(await problemOf(link(bob, unconfirmed))).toBe("email_unconfirmed");
    expect(await listIdentities(product.deps, bob.actor)).toEqual([]);
  });

  test("cannot take it from somebody else", async () => {
    const [ann, bob] = [
      await product.person({ isEmailVerified: true }),
      await product.person({ isEmailVerified: true }),
    ];
    const { proven } = await elsewhere();
    await link(ann, proven);
    await expect(link(bob, proven)).rejects.toMatchObject({ code: "conflict", problem: "linked_elsewhere" });
    expect(await enter(proven)).toMatchObject({ userId: ann.id });
  });

  test("is for two people at once possible for one", async () => {
    const people = await Promise.all([1, 2].map(() => product.person({ isEmailVerified: true })));
    const { proven } = await elsewhere();
    const problems = await Promise.all(people.map((person) => problemOf(link(person, proven))));
    expect(problems.toSorted()).toEqual(["linked_elsewhere", null]);
  });

  test("is possible for one of a provider, also of two at once", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const several = await Promise.all([elsewhere(), elsewhere()]);
    const problems = await Promise.all(several.map(({ proven }) => problemOf(link(ann, proven))));
    expect(problems.toSorted()).toEqual(["another_linked", null]);
    expect(await listIdentities(product.deps, ann.actor)).toHaveLength(1);
  });

  test("is refused to an account that was closed meanwhile, and for a provider that is not configured", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const { proven } = await elsewhere();
    await expect(link(ann, { ...proven, key: "github" })).rejects.toMatchObject({ code: "not_found" });
    await sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.id]);
    expect(await problemOf(link(ann, proven))).toBe("closed");
  });

  test("keeps tokens sealed, and nowhere in the clear", async () => {
    const ann = await product.person({ isEmailVerified: true });
    const { proven } = await elsewhere();
    await link(ann, proven);
    const { rows } = await sql("SELECT sealed_tokens, identities::text AS whole FROM identities WHERE user_id = $1", [
      ann.id,
    ]);
    expect(JSON.parse(product.deps.auth.sealer.open(rows[0].sealed_tokens))).toEqual(proven.tokens);
    const plain = Buffer.from(rows[0].sealed_tokens).toString("latin1") + rows[0].whole;
    expect(plain).not.toContain(proven.tokens.accessToken);
    expect(plain).not.toContain(proven.tokens.refreshToken);
  });
});
