import { type OidcServer, startOidcServer } from "@parley/testing/oidc-server";
import { signInAt } from "@parley/testing/oidc-sign-in";
import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../dependencies";
import { createTasks } from "../worker";
import { listIdentities, listProviders, removeIdentity, verifyIdentity } from "./service";
import { linkIdentity } from "./sign-in/service";

const redirectUri = "http://localhost:3000/api/auth/callback/oidc";
const oidc = { provider: "oidc" } as const;
let server: OidcServer;
let product: Product<Dependencies>;
let count = 0;

beforeAll(async () => {
  server = await startOidcServer({ redirectUris: [redirectUri] });
  const { issuer: url, clientId, clientSecret } = server;
  const settings = { provider: "oidc" as const, instanceName: new URL(url).host, name: "Elsewhere" };
  const identityProviders = [{ ...settings, url, clientId, clientSecret }];
  product = await openProduct({ openDependencies: (o) => openDependencies({ ...o, identityProviders }), createTasks });
});
afterAll(async () => {
  await product.close();
  await server.close();
});

const sql = (text: string, values: unknown[] = []) => product.sql(text, values);
const verify = ({ actor }: SignedIn, deps = product.deps) => verifyIdentity(deps, actor, oidc);
const remove = ({ actor }: SignedIn, input: Parameters<typeof removeIdentity>[2]) =>
  removeIdentity(product.deps, actor, input);
const listed = ({ actor }: SignedIn) => listIdentities(product.deps, actor);
const hoursLater = (hours: number) => ({ ...product.deps, clock: () => new Date(Date.now() + hours * 3_600_000) });

/** Somebody who has linked an account at the server. */
async function linked(options?: { password: string }) {
  const ann = await product.person({ isEmailVerified: true }, options);
  const sub = `sub-${++count}`;
  const account = { sub, name: "Ann", preferred_username: sub, email: `${sub}@elsewhere.test`, email_verified: true };
  const tokens = await signInAt(server, redirectUri, account);
  const [source] = product.deps.identityProviders;
  const { profile } = (await source?.askAgain(tokens, new Date())) ?? {};
  if (profile === undefined) throw new Error("no provider is configured");
  await linkIdentity(product.deps, ann.actor, { key: "oidc", profile, tokens });
  return { ann, account, tokens };
}

const addIdentity = (userId: string, provider: string, instanceName = "") =>
  sql(
    `INSERT INTO identities (id, user_id, provider, instance_name, subject, provider_username)
     VALUES (uuidv7(), $1, $2::identity_provider, $3, uuidv7()::text, 'ann')`,
    [userId, provider, instanceName],
  );

test("the providers that are configured are offered, and no others", () => {
  const instanceName = new URL(server.issuer).host;
  expect(listProviders(product.deps)).toEqual([{ ...oidc, instanceName, name: "Elsewhere", key: "oidc" }]);
});

describe("verifying", () => {
  test("asks the provider again, and writes down what it says", async () => {
    const { ann, account } = await linked();
    server.accounts.set(account.sub, { ...account, preferred_username: "ann-renamed", email: "new@elsewhere.test" });
    const later = hoursLater(0.5);
    const identity = await verify(ann, later);
    expect(identity).toMatchObject({ providerUsername: "ann-renamed", email: "new@elsewhere.test" });
    const [before] = await listed(ann);
    expect(identity).toEqual(before);
    expect(Date.parse(identity.lastVerifiedAt ?? "")).toBeGreaterThan(Date.parse(identity.createdAt));
  });

  test("exchanges the refresh token once the access token is over, and keeps what it gets", async () => {
    const { ann, tokens } = await linked();
    await verify(ann, hoursLater(2));
    const { rows } = await sql("SELECT sealed_tokens FROM identities WHERE user_id = $1", [ann.id]);
    const kept = JSON.parse(product.deps.auth.sealer.open(rows[0].sealed_tokens));
    expect(kept.accessToken).not.toBe(tokens.accessToken);
    expect(kept.refreshToken).not.toBe(tokens.refreshToken);
    expect(await verify(ann)).toMatchObject(oidc);
  });

  test("is refused where the provider knows the person no more, and changes nothing", async () => {
    const { ann, account } = await linked();
    const before = await listed(ann);
    server.accounts.delete(account.sub);
    await expect(verify(ann)).rejects.toMatchObject({
      code: "validation_error",
      message: "Elsewhere does not accept this connection any more; link it again",
    });
    expect(await listed(ann)).toEqual(before);
  });

  test("never takes another's answer for the person's own", async () => {
    const [{ ann }, { tokens: others }] = [await linked(), await linked()];
    const sealed = product.deps.auth.sealer.seal(JSON.stringify(others));
    await sql("UPDATE identities SET sealed_tokens = $2 WHERE user_id = $1", [ann.id, sealed]);
    await expect(verify(ann)).rejects.toMatchObject({ code: "validation_error" });
  });

  test("says so where there is none, none of theirs, or its provider is configured no more", async () => {
    const { ann } = await linked();
    const bob = await product.person();
    await expect(verify(bob)).rejects.toMatchObject({ code: "not_found" });
    await addIdentity(bob.id, "github");
    await expect(verifyIdentity(product.deps, bob.actor, { provider: "github" })).rejects.toMatchObject({
      code: "validation_error",
    });
    await expect(
      verifyIdentity(product.deps, ann.actor, { provider: "oidc", instanceName: "elsewhere.example" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("is an outage where the provider cannot be reached", async () => {
    const gone = await startOidcServer({ redirectUris: [redirectUri] });
    await gone.close();
    const { ann } = await linked();
    const { createIdentityProviders } = await import("@parley/identity-providers");
    const [known] = product.deps.identityProviders;
    const settings = { ...oidc, instanceName: known?.instanceName ?? "", name: "Elsewhere", url: gone.issuer };
    const identityProviders = createIdentityProviders([{ ...settings, clientId: "parley", clientSecret: "x" }]);
    await expect(verify(ann, { ...product.deps, identityProviders })).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("removing", () => {
  test("takes one away from those who have a password, and from nobody else", async () => {
    const { ann } = await linked({ password: "correct horse battery" });
    const { ann: bob } = await linked({ password: "correct horse battery" });
    await remove(ann, oidc);
    expect(await listed(ann)).toEqual([]);
    expect(await listed(bob)).toHaveLength(1);
    await expect(remove(ann, oidc)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is refused for the last way to sign in", async () => {
    const { ann } = await linked();
    await expect(remove(ann, oidc)).rejects.toMatchObject({ code: "conflict" });
    expect(await listed(ann)).toHaveLength(1);
  });

  test("does not count a provider with which nobody can sign in any more", async () => {
    const { ann } = await linked();
    await addIdentity(ann.id, "github");
    await expect(remove(ann, oidc)).rejects.toMatchObject({ code: "conflict" });
    await remove(ann, { provider: "github" });
    expect(await listed(ann)).toMatchObject([oidc]);
  });

  test("of the last two at once leaves one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const ann = await product.person({ isEmailVerified: true });
      const sources = ["one.example", "two.example"].map((instanceName) => ({
        provider: "mastodon" as const,
        instanceName,
      }));
      for (const { provider, instanceName } of sources) await addIdentity(ann.id, provider, instanceName);
      const [known] = product.deps.identityProviders;
      const identityProviders = sources.flatMap((source) => (known ? [{ ...known, ...source }] : []));
      const settled = await Promise.allSettled(
        sources.map((source) => removeIdentity({ ...product.deps, identityProviders }, ann.actor, source)),
      );
      expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(await listed(ann)).toHaveLength(1);
    }
  });

  test("asks which one where a server is left out and there are several", async () => {
    const ann = await product.person({ isEmailVerified: true }, { password: "correct horse battery" });
    await addIdentity(ann.id, "mastodon", "one.example");
    await addIdentity(ann.id, "mastodon", "two.example");
    await expect(remove(ann, { provider: "mastodon" })).rejects.toMatchObject({
      details: { instanceName: "is needed: you have linked several" },
    });
    await remove(ann, { provider: "mastodon", instanceName: "two.example" });
    expect(await listed(ann)).toMatchObject([{ instanceName: "one.example" }]);
  });
});
