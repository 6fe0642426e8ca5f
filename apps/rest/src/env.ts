import path from "node:path";
import type { Options } from "@parley/api/dependencies";
import { configuredProviders, providerVariables, refuseHalves } from "@parley/identity-providers/settings";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);
const set = z.string().min(1);
const address = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .transform((url) => url.replace(/\/+$/, ""));
/** Not parsed any further: passwords in such addresses hold characters that strict readers refuse. */
const serviceAddress = (...schemes: string[]) =>
  z.string().regex(new RegExp(`^(${schemes.join("|")})://.`), `must begin with ${schemes.join(":// or ")}://`);

const schema = z
  .object({
    DATA_DIR: set.default(".data"),
    REST_HOST: set.default("127.0.0.1"),
    REST_PORT: port.default(4000),
    WEB_PORT: port.default(3000),
    API_URL: address.optional(),
    WEB_URL: address.optional(),
    DATABASE_URL: serviceAddress("postgresql", "postgres").optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).optional(),
    AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
    S3_ENDPOINT: address.optional(),
    S3_BUCKET: set.optional(),
    S3_REGION: set.default("auto"),
    S3_ACCESS_KEY_ID: set.optional(),
    S3_SECRET_ACCESS_KEY: set.optional(),
    ASSETS_URL: address.optional(),
    SMTP_URL: serviceAddress("smtp", "smtps").optional(),
    MAIL_FROM: set.default("Parley <hello@parley.localhost>"),
    REDIS_URL: serviceAddress("redis", "rediss").optional(),
    RATE_LIMIT: z.enum(["on", "off"]).default("on"),
    TRUST_PROXY: z.enum(["on", "off"]).default("off"),
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: z.string().min(8, "must have at least 8 characters").optional(),
    WORKER: z.enum(["on", "off"]).default("on"),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    ...providerVariables,
  })
  .refine((env) => (env.ADMIN_EMAIL === undefined) === (env.ADMIN_PASSWORD === undefined), {
    message: "ADMIN_EMAIL and ADMIN_PASSWORD go together",
  })
  .refine(
    (env) => !env.S3_ENDPOINT || (env.S3_BUCKET && env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY && env.ASSETS_URL),
    { message: "S3_ENDPOINT needs S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and ASSETS_URL" },
  )
  .superRefine(refuseHalves);

export interface Env {
  host: string;
  port: number;
  isWorkerOn: boolean;
  isProxyTrusted: boolean;
  logLevel: string;
  options: Omit<Options, "log">;
}

/** For programs: says what is wrong, without a stack that nobody needs, and ends the process. */
export function readEnvOrExit(): Env {
  try {
    return readEnv();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/**
 * Reads the environment once, with every default in one place.
 * @throws Error whose message lists each variable at fault.
 */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  // An empty variable is an unset one: that is what `FOO= npm start` and compose files mean by it.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "environment"}: ${message}`);
    throw new Error(`The environment is not valid:\n${faults.join("\n")}`);
  }
  const env = parsed.data;
  const apiUrl = env.API_URL ?? `http://localhost:${env.REST_PORT}`;
  const webUrl = env.WEB_URL ?? `http://localhost:${env.WEB_PORT}`;
  return {
    host: env.REST_HOST,
    port: env.REST_PORT,
    isWorkerOn: env.WORKER === "on",
    isProxyTrusted: env.TRUST_PROXY === "on",
    logLevel: env.LOG_LEVEL,
    options: {
      dataDir: path.resolve(env.DATA_DIR),
      databaseUrl: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL_SIZE,
      authSecret: env.AUTH_SECRET,
      apiUrl,
      webUrl,
      s3:
        env.S3_ENDPOINT && env.S3_BUCKET && env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY
          ? {
              endpoint: env.S3_ENDPOINT,
              bucket: env.S3_BUCKET,
              region: env.S3_REGION,
              accessKeyId: env.S3_ACCESS_KEY_ID,
              secretAccessKey: env.S3_SECRET_ACCESS_KEY,
            }
          : undefined,
      assetsUrl: env.ASSETS_URL ?? `${apiUrl}/objects`,
      smtpUrl: env.SMTP_URL,
      mailFrom: env.MAIL_FROM,
      redisUrl: env.REDIS_URL,
      areLimitsOn: env.RATE_LIMIT === "on",
      identityProviders: configuredProviders(env, webUrl),
      admin:
        env.ADMIN_EMAIL && env.ADMIN_PASSWORD ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD } : undefined,
    },
  };
}
