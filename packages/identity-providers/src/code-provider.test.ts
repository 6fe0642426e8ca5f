import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type OidcServer, startOidcServer } from "@parley/testing/oidc-server";
import { signInAt } from "@parley/testing/oidc-sign-in";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createCodeProvider } from "./code-provider";

const redirectUri = "http://localhost:3000/api/auth/callback/oidc";
const account = { sub: "ann", name: "Ann", preferred_username: "ann", email: "ann@example.test", email_verified: true };
let server: OidcServer;
let web: Server | undefined;

beforeAll(async () => {
  server = await startOidcServer({ redirectUris: [redirectUri] });
});
afterAll(() => server.close());
afterEach(() => new Promise<void>((resolve) => (web ? web.close(() => resolve()) : resolve())));

function providerAt(url: string, clientSecret = server.clientSecret) {
  const settings = {
    provider: "oidc" as const,
    instanceName: "here",
    name: "Here",
    url,
    clientId: "parley",
    clientSecret,
  };
  return createCodeProvider(settings, "oidc");
}

async function serve(answer: RequestListener): Promise<string> {
  const listening = createServer(answer);
  web = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

describe("a real OpenID Connect server", () => {
  test("says whose token it is, and exchanges a refresh token once", async () => {
    const tokens = await signInAt(server, redirectUri, account);
    const provider = providerAt(server.issuer);
    expect(await provider.readProfile(tokens.accessToken)).toMatchObject({
      subject: "ann",
      verifiedEmail: account.email,
    });
    const over = new Date(tokens.expiresAt);
    const renewed = await provider.askAgain(tokens, over);
    expect(renewed).toMatchObject({ profile: { subject: "ann" } });
    expect(renewed.tokens.accessToken).not.toBe(tokens.accessToken);
    expect(Date.parse(renewed.tokens.expiresAt ?? "")).toBeGreaterThan(Date.now());
    await expect(provider.askAgain(tokens, over)).rejects.toMatchObject({ reason: "refused" });
  });

  test("is asked with the token that there is while it serves, and with another once it is refused", async () => {
    const tokens = await signInAt(server, redirectUri, account);
    const provider = providerAt(server.issuer);
    expect(await provider.askAgain(tokens, new Date())).toMatchObject({ profile: { subject: "ann" }, tokens });
    const refused = { ...tokens, accessToken: "another's", expiresAt: null };
    const renewed = await provider.askAgain(refused, new Date());
    expect(renewed.profile.subject).toBe("ann");
    expect(renewed.tokens.refreshToken).not.toBe(tokens.refreshToken);
    const alone = { ...refused, refreshToken: null };
    await expect(provider.askAgain(alone, new Date())).rejects.toMatchObject({ reason: "refused" });
  });

  test("knows no token that it has not given, and no client with another secret", async () => {
    const tokens = await signInAt(server, redirectUri, account);
    await expect(providerAt(server.issuer).readProfile("nobody's")).rejects.toMatchObject({ reason: "refused" });
    const stranger = providerAt(server.issuer, "wrong");
    const over = new Date(tokens.expiresAt);
    await expect(stranger.askAgain(tokens, over)).rejects.toMatchObject({ reason: "refused" });
  });
});

describe("a server that is not well", () => {
  test("is unreachable, and is asked again once it is well", async () => {
    let isWell = false;
    const url: string = await serve((request, response) => {
      const endpoints = { issuer: url, userinfo_endpoint: `${url}/me`, token_endpoint: `${url}/token` };
      const body = request.url === "/me" ? { sub: "ann" } : endpoints;
      response.writeHead(isWell ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    const provider = providerAt(url);
    await expect(provider.readProfile("any")).rejects.toMatchObject({ reason: "unreachable" });
    isWell = true;
    expect(await provider.readProfile("any")).toMatchObject({ subject: "ann" });
  });

  test.each([
    ["fails", 500, "{}", "unreachable"],
    ["says nothing of use", 200, "{}", "unreachable"],
    ["sends no JSON", 200, "<p>", "unreachable"],
    ["refuses", 401, "{}", "refused"],
  ])("that %s", async (_, status, body, reason) => {
    const url: string = await serve((request, response) => {
      const isProfile = request.url === "/me";
      const endpoints = JSON.stringify({ issuer: url, userinfo_endpoint: `${url}/me`, token_endpoint: `${url}/token` });
      const headers = {
        "content-type": "application/json",
        ...(isProfile && status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
      };
      response.writeHead(isProfile ? status : 200, headers).end(isProfile ? body : endpoints);
    });
    await expect(providerAt(url).readProfile("any")).rejects.toMatchObject({ reason });
  });
});
