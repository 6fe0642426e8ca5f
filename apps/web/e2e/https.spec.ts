import { newMember } from "./fixtures/people";
import { expect, test } from "./fixtures/test";
import { freePort, type RunningServer, serverEnv, startServer } from "./stage/servers";
import { stage } from "./stage/stage";

const publicUrl = "https://parley.test";

/** The web app as it runs behind a proxy that speaks TLS, which is where its address begins with https, and is limited. */
let server: RunningServer;
let address: string;

test.beforeAll(async () => {
  const { apiUrl, dataDir, atprotoUrl } = stage();
  const port = String(await freePort());
  address = `http://127.0.0.1:${port}`;
  const urls = { WEB_URL: publicUrl, API_URL: apiUrl, NEXTAUTH_URL: publicUrl };
  const ports = { WEB_PORT: port, REST_PORT: new URL(apiUrl).port };
  const bluesky = { BLUESKY_URL: atprotoUrl, PLC_DIRECTORY_URL: atprotoUrl };
  // One of these journeys sets out sixty times for a provider that turns everybody back, which is a line each.
  const env = { DATA_DIR: dataDir, RATE_LIMIT: "on", LOG_LEVEL: "error", ...ports, ...urls, ...bluesky };
  server = await startServer("web", serverEnv(env));
});

test.afterAll(async () => {
  await server.stop();
});

test("behind https every cookie is Secure, HttpOnly and of this site", async () => {
  const { email, password } = await newMember();
  const asked = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const cookie = asked.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const entered = await fetch(`${address}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: publicUrl, cookie },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  const lines = [...asked.headers.getSetCookie(), ...entered.headers.getSetCookie()];
  expect(lines.some((line) => line.startsWith("__Secure-next-auth.session-token="))).toBe(true);
  for (const line of lines) {
    const attributes = line.split(/;\s*/).slice(1);
    expect(attributes, line).toEqual(expect.arrayContaining(["Secure", "HttpOnly", "SameSite=Lax"]));
  }
});

test("behind https browsers are told to stay there", async () => {
  const { headers } = await fetch(`${address}/sign-in`);
  expect(headers.get("strict-transport-security")).toMatch(/max-age=31536000/);
});

test("behind https servers that know clients by address read who we are", async () => {
  const answer = await fetch(`${address}/oauth-client-metadata.json`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    client_id: `${publicUrl}/oauth-client-metadata.json`,
    redirect_uris: [`${publicUrl}/api/auth/callback/bluesky`],
  });
});

test("a provider that does not take our word for it is one that did not let one through", async () => {
  // That server reads no descriptions of clients, and so knows us not.
  const answer = await fetch(`${address}/api/auth/pushed/bluesky`, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe("/sign-in?problem=unreachable&provider=bluesky");
});

test("who sets out for a provider again and again is asked to wait", async () => {
  const setOut = async () => {
    const answer = await fetch(`${address}/api/auth/pushed/bluesky`, { redirect: "manual" });
    return answer.headers.get("location");
  };
  const ways = await Promise.all(Array.from({ length: 61 }, setOut));
  expect(ways).toContain("/sign-in?problem=too_many&provider=bluesky");
  const asked = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const begun = await fetch(`${address}/api/auth/signin/bluesky`, {
    method: "POST",
    headers: { origin: publicUrl },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  expect(await begun.json()).toEqual({ url: "/sign-in?problem=too_many&provider=bluesky" });
});
