import { describe, expect, test } from "vitest";
import { z } from "zod";
import { configuredProviders, providerVariables, refuseHalves } from "./settings";

const schema = z.object(providerVariables).superRefine(refuseHalves);
const read = (variables: Record<string, string>) => configuredProviders(schema.parse(variables), "https://parley.test");
const faults = (variables: Record<string, string>) =>
  schema.safeParse(variables).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`);

describe("the providers that the environment configures", () => {
  test("are none where it says nothing", () => {
    expect(read({})).toEqual([]);
  });

  test("are those that it names, each with what we are known by there", () => {
    const found = read({
      OIDC_ISSUER: "https://id.example:8443/tenant/",
      OIDC_CLIENT_ID: "a",
      OIDC_CLIENT_SECRET: "b",
      OIDC_NAME: "Example",
      GITHUB_CLIENT_ID: "c",
      GITHUB_CLIENT_SECRET: "d",
      MASTODON_INSTANCES: "Social.Example=e:f, other.example=g:h:i",
      LINKEDIN_CLIENT_ID: "j",
      LINKEDIN_CLIENT_SECRET: "k",
      X_CLIENT_ID: "l",
      X_CLIENT_SECRET: "m",
    });
    const known = found.filter((settings) => settings.provider !== "bluesky");
    expect(
      known.map(({ provider, instanceName, name, clientId, clientSecret }) => [
        provider,
        instanceName,
        name,
        clientId,
        clientSecret,
      ]),
    ).toEqual([
      ["oidc", "id.example:8443", "Example", "a", "b"],
      ["github", "", "GitHub", "c", "d"],
      ["mastodon", "social.example", "social.example", "e", "f"],
      ["mastodon", "other.example", "other.example", "g", "h:i"],
      ["linkedin", "", "LinkedIn", "j", "k"],
      ["x", "", "X", "l", "m"],
    ]);
    expect(found[0]).toMatchObject({ url: "https://id.example:8443/tenant", scope: "openid profile email" });
  });

  test("are Bluesky by our own address, which it has to be able to trust", () => {
    const BLUESKY_URL = "https://bsky.social/";
    const others = { url: "https://bsky.social", directoryUrl: "https://plc.directory", webUrl: "https://parley.test" };
    expect(read({ BLUESKY_URL })).toEqual([{ provider: "bluesky", instanceName: "", name: "Bluesky", ...others }]);
    const own = schema.safeExtend({ WEB_URL: z.string() }).superRefine(refuseHalves);
    const isAllowed = (WEB_URL: string) => own.safeParse({ BLUESKY_URL, WEB_URL }).success;
    expect(["https://parley.test", "http://localhost:3000", "http://parley.test"].map(isAllowed)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("are whole or not there", () => {
    expect(faults({ GITHUB_CLIENT_ID: "a" })).toEqual([
      "GITHUB_CLIENT_SECRET goes with GITHUB_CLIENT_ID; set all of them or none",
    ]);
    expect(faults({ OIDC_CLIENT_ID: "a" })).toHaveLength(2);
  });

  test.each<Record<string, string>>([
    { MASTODON_INSTANCES: "social.example" },
    { MASTODON_INSTANCES: "https://social.example=a:b" },
    { OIDC_ISSUER: "http://id.example", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" },
    { OIDC_ISSUER: "id.example", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" },
    { OIDC_SCOPE: "email" },
    { BLUESKY_URL: "bsky.social" },
    { PLC_DIRECTORY_URL: "http://plc.example" },
  ])("are not misread: %j", (variables) => {
    expect(faults(variables)?.[0]).toMatch(/ must |Invalid/);
  });

  test("may be on this very machine without a certificate", () => {
    const local = { OIDC_ISSUER: "http://127.0.0.1:9000", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" };
    expect(read(local)).toMatchObject([{ url: "http://127.0.0.1:9000" }]);
  });
});
