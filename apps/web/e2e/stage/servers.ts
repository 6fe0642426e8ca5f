import { createServer } from "node:net";
import { chooseParts } from "../../../../tooling/parts.mjs";
import { startPart, untilReady } from "../../../../tooling/running-part.mjs";

export interface RunningServer {
  stop(): Promise<void>;
}

/** What a developer may have set for another purpose: empty is unset. */
const unset = Object.fromEntries(
  [
    ...["DATABASE_URL", "DATABASE_POOL_SIZE", "AUTH_SECRET", "SMTP_URL", "REDIS_URL", "TRUST_PROXY", "WORKER"],
    ...["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "ASSETS_URL", "REST_HOST", "MAIL_FROM"],
    ...["GITHUB_CLIENT_ID", "LINKEDIN_CLIENT_ID", "X_CLIENT_ID", "MASTODON_INSTANCES", "OIDC_ISSUER"],
    ...["BLUESKY_URL", "PLC_DIRECTORY_URL"],
    ...["GITHUB_CLIENT_SECRET", "LINKEDIN_CLIENT_SECRET", "X_CLIENT_SECRET", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
  ].map((name) => [name, ""]),
);

/** The environment of both servers. Ends with what the caller says. */
export function serverEnv(given: Record<string, string>): Record<string, string> {
  return { ...unset, NODE_ENV: "production", RATE_LIMIT: "off", LOG_LEVEL: "error", ...given };
}

/**
 * Starts a part exactly as `npm start` does, and waits until it serves. It leaves with this process, however that ends.
 * @param env holds `REST_PORT` and `WEB_PORT`
 */
export async function startServer(name: "rest" | "web", env: Record<string, string>): Promise<RunningServer> {
  const [part] = chooseParts([name], { isWatching: false, env });
  if (part === undefined) throw new Error(`npm start has no part "${name}"`);
  const running = startPart(part, { env, isReadable: false });
  try {
    await untilReady(running as Parameters<typeof untilReady>[0]);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

/** A port of the loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
