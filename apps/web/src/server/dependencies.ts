import "server-only";
import path from "node:path";
import type { Dependencies } from "@parley/api/dependencies";
import { pino } from "pino";
import { env } from "@/env";
import { procedures } from "./procedures";

// One set a process, also across the module reloads of development.
const kept = globalThis as typeof globalThis & { parleyDependencies?: Promise<Dependencies> };

/** Everything procedures need, opened once a process. */
export function dependencies(): Promise<Dependencies> {
  kept.parleyDependencies ??= open();
  return kept.parleyDependencies;
}

async function open(): Promise<Dependencies> {
  const settings = env();
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  const hasS3 = S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY;
  const { openDependencies } = await procedures();
  return openDependencies({
    dataDir: path.resolve(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    authSecret: settings.AUTH_SECRET,
    apiUrl: settings.apiUrl,
    webUrl: settings.webUrl,
    s3: hasS3
      ? {
          endpoint: S3_ENDPOINT,
          bucket: S3_BUCKET,
          region: settings.S3_REGION,
          accessKeyId: S3_ACCESS_KEY_ID,
          secretAccessKey: S3_SECRET_ACCESS_KEY,
        }
      : undefined,
    assetsUrl: settings.assetsUrl,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    redisUrl: settings.REDIS_URL,
    areLimitsOn: settings.RATE_LIMIT === "on",
    identityProviders: settings.identityProviders,
    log: pino({ level: settings.LOG_LEVEL, base: null }),
  });
}
