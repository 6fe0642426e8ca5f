import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startAtprotoServer } from "@parley/testing/atproto-server";
import { startOidcServer } from "@parley/testing/oidc-server";
import { loadDemoDataOnce } from "../../../../tooling/demo-data.mjs";
import { freePort, type RunningServer, serverEnv, startServer } from "./servers";
import { publishedStage, publishStage } from "./stage";

/**
 * Opens the world under test as `npm start` does, with demo data, in a data directory of its own: the REST app, which
 * owns the database and runs the jobs, then the web app's production build.
 * Whoever works on a page may keep one standing, named by the environment, and run tests against it again and again.
 * @returns what ends it
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (publishedStage() !== null) return async () => {};
  const dataDir = await mkdtemp(path.join(tmpdir(), "parley-e2e-"));
  // PostgreSQL runs as a user of its own, who may not enter a folder of root's.
  await chmod(dataDir, 0o755);
  const servers: RunningServer[] = [];
  const elsewhere: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const server of servers.toReversed()) await server.stop();
    for (const server of elsewhere) await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const [restPort, webPort] = [await freePort(), await freePort()];
    const webUrl = `http://localhost:${webPort}`;
    const apiUrl = `http://localhost:${restPort}`;
    const administrator = { email: "administrator@parley.test", password: "correct horse battery" };
    const oidc = await startOidcServer({ redirectUris: [`${webUrl}/api/auth/callback/oidc`] });
    const atproto = await startAtprotoServer();
    elsewhere.push(oidc, atproto);
    const env = serverEnv({
      DATA_DIR: dataDir,
      REST_PORT: String(restPort),
      WEB_PORT: String(webPort),
      WEB_URL: webUrl,
      API_URL: apiUrl,
      NEXTAUTH_URL: webUrl,
      ADMIN_EMAIL: administrator.email,
      ADMIN_PASSWORD: administrator.password,
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: oidc.clientId,
      OIDC_CLIENT_SECRET: oidc.clientSecret,
      OIDC_NAME: "Elsewhere",
      BLUESKY_URL: atproto.url,
      PLC_DIRECTORY_URL: atproto.url,
    });
    servers.push(await startServer("rest", env));
    await loadDemoDataOnce({ ...env });
    servers.push(await startServer("web", env));
    publishStage({ webUrl, apiUrl, dataDir, issuer: oidc.issuer, atprotoUrl: atproto.url, administrator });
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}
