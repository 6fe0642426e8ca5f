import { z } from "zod";

/** A provider, with what its operator has given us to be known by. */
export interface CodeProviderSettings {
  provider: "github" | "mastodon" | "linkedin" | "x" | "oidc";
  /** The host of a Mastodon server or of an issuer; empty where the provider is one. */
  instanceName: string;
  /** As people call it. */
  name: string;
  /** Where it is, without a slash at the end. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** What is asked for, where that is the operator's to say. */
  scope?: string;
}

/** A server of the AT Protocol, to which we are known by our own address. */
export interface AtprotoProviderSettings {
  provider: "bluesky";
  instanceName: "";
  name: string;
  /** Where people sign in. */
  url: string;
  /** Where it stands at which server somebody is. */
  directoryUrl: string;
  /** Ours, to which browsers come back. */
  webUrl: string;
}

export type ProviderSettings = CodeProviderSettings | AtprotoProviderSettings;

const set = z.string().min(1).optional();

const instance = /^([a-z0-9.-]+(?::\d+)?)=([^:\s,]+):([^\s,]+)$/i;

const instances = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  )
  .refine((entries) => entries.every((entry) => instance.test(entry)), {
    message: "must be host=client id:client secret, several with commas between them",
  });

const server = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith("https://") || isOnThisMachine(url), {
    message: "must be an https address",
  })
  .transform((url) => url.replace(/\/+$/, ""));

/** The variables of the environment that configure providers; each process's reader of the environment takes them in. */
export const providerVariables = {
  GITHUB_CLIENT_ID: set,
  GITHUB_CLIENT_SECRET: set,
  LINKEDIN_CLIENT_ID: set,
  LINKEDIN_CLIENT_SECRET: set,
  X_CLIENT_ID: set,
  X_CLIENT_SECRET: set,
  /** `mastodon.example=client id:client secret`, several with commas between them. */
  MASTODON_INSTANCES: instances.optional(),
  OIDC_ISSUER: server.optional(),
  OIDC_CLIENT_ID: set,
  OIDC_CLIENT_SECRET: set,
  /** As people call the issuer. */
  OIDC_NAME: z.string().trim().min(1).max(40).default("OpenID Connect"),
  /** Some issuers give refresh tokens only to those who ask for `offline_access`, which others refuse. */
  OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, "must hold openid")
    .default("openid profile email"),
  /** Offers sign-in with Bluesky: `https://bsky.social`, or another server of the AT Protocol. */
  BLUESKY_URL: server.optional(),
  PLC_DIRECTORY_URL: server.default("https://plc.directory"),
};

export type ProviderEnv = z.output<z.ZodObject<typeof providerVariables>>;

const groups = [
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
  ["LINKEDIN_CLIENT_ID", "LINKEDIN_CLIENT_SECRET"],
  ["X_CLIENT_ID", "X_CLIENT_SECRET"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
] as const;

/** A provider that is configured by halves is a mistake, and not one that does not appear. For `superRefine`. */
export function refuseHalves(env: ProviderEnv & { WEB_URL?: string }, context: z.core.$RefinementCtx): void {
  // Its servers read at our address who we are.
  if (env.BLUESKY_URL && env.WEB_URL?.startsWith("http://") && !isOnThisMachine(env.WEB_URL)) {
    context.addIssue({ code: "custom", path: ["BLUESKY_URL"], message: "needs a WEB_URL that is an https address" });
  }
  for (const group of groups) {
    const missing = group.filter((name) => env[name] === undefined);
    if (missing.length === 0 || missing.length === group.length) continue;
    for (const name of missing) {
      context.addIssue({ code: "custom", path: [name], message: `goes with ${group[0]}; set all of them or none` });
    }
  }
}

/**
 * The providers that are configured, in the order in which people see them.
 * @param webUrl where browsers reach us
 */
export function configuredProviders(env: ProviderEnv, webUrl: string): ProviderSettings[] {
  const one = (settings: Omit<CodeProviderSettings, "clientId" | "clientSecret">, id?: string, secret?: string) =>
    id === undefined || secret === undefined ? [] : [{ ...settings, clientId: id, clientSecret: secret }];
  const alone = (provider: CodeProviderSettings["provider"], name: string, url: string) => {
    return { provider, instanceName: "", name, url };
  };
  const { OIDC_ISSUER: url } = env;
  const ofIssuer = url && {
    provider: "oidc" as const,
    instanceName: new URL(url).host,
    name: env.OIDC_NAME,
    url,
    scope: env.OIDC_SCOPE,
  };
  return [
    ...(ofIssuer ? one(ofIssuer, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET) : []),
    ...(env.BLUESKY_URL === undefined ? [] : [atprotoSettings(env.BLUESKY_URL, env.PLC_DIRECTORY_URL, webUrl)]),
    ...one(alone("github", "GitHub", "https://github.com"), env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET),
    ...(env.MASTODON_INSTANCES ?? []).flatMap((entry) => {
      const [, host = "", clientId, clientSecret] = instance.exec(entry) ?? [];
      const instanceName = host.toLowerCase();
      const server = {
        provider: "mastodon" as const,
        instanceName,
        name: instanceName,
        url: `https://${instanceName}`,
      };
      return one(server, clientId, clientSecret);
    }),
    ...one(
      alone("linkedin", "LinkedIn", "https://www.linkedin.com"),
      env.LINKEDIN_CLIENT_ID,
      env.LINKEDIN_CLIENT_SECRET,
    ),
    ...one(alone("x", "X", "https://x.com"), env.X_CLIENT_ID, env.X_CLIENT_SECRET),
  ];
}

function atprotoSettings(url: string, directoryUrl: string, webUrl: string): AtprotoProviderSettings {
  return { provider: "bluesky", instanceName: "", name: "Bluesky", url, directoryUrl, webUrl };
}

/** A server on this very machine needs no certificate. */
export function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
