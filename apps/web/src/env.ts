import path from "node:path";
import { configuredProviders, providerVariables, refuseHalves } from "@parley/identity-providers/settings";
import { z } from "zod";

const address = z.url().transform((url) => url.replace(/\/+$/, ""));
const set = z.string().min(1);

const schema = z
  .object({
    DATA_DIR: set.default(path.resolve(process.cwd(), "../../.data")),
    WEB_PORT: z.coerce.number().int().default(3000),
    REST_PORT: z.coerce.number().int().default(4000),
    WEB_URL: address.optional(),
    API_URL: address.optional(),
    ASSETS_URL: address.optional(),
    DATABASE_URL: set.optional(),
    AUTH_SECRET: z.string().min(32).optional(),
    S3_ENDPOINT: address.optional(),
    S3_BUCKET: set.optional(),
    S3_REGION: set.default("auto"),
    S3_ACCESS_KEY_ID: set.optional(),
    S3_SECRET_ACCESS_KEY: set.optional(),
    SMTP_URL: set.optional(),
    MAIL_FROM: set.default("Parley <hello@parley.localhost>"),
    REDIS_URL: set.optional(),
    /** Where Next keeps what it builds: several developers' servers may share a checkout. */
    NEXT_DIST_DIR: set.default(".next"),
    RATE_LIMIT: z.enum(["on", "off"]).default("on"),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    ...providerVariables,
  })
  .superRefine(refuseHalves);

export type Env = ReturnType<typeof readEnv>;

/** Reads the environment once, with the same names and defaults as the REST app. */
function readEnv() {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const env = schema.parse(given);
  const apiUrl = env.API_URL ?? `http://localhost:${env.REST_PORT}`;
  const webUrl = env.WEB_URL ?? `http://localhost:${env.WEB_PORT}`;
  return {
    ...env,
    webUrl,
    apiUrl,
    isDevelopment: process.env.NODE_ENV === "development",
    identityProviders: configuredProviders(env, webUrl),
    assetsUrl: env.ASSETS_URL ?? `${apiUrl}/objects`,
  };
}

let known: Env | undefined;

/** Read when it is first asked for: a build has no environment. */
export function env(): Env {
  if (known === undefined) {
    known = readEnv();
    // next-auth knows where it is by its own variable alone.
    process.env.NEXTAUTH_URL ??= known.webUrl;
  }
  return known;
}
