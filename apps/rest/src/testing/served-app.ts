import { freshDatabase } from "@parley/testing";
import { expect } from "vitest";
import { listen } from "../listener/listener";
import { startTestApp, type TestApp } from "./app";
import { callOver } from "./over-http";
import { openProxy } from "./proxy";

/** The app as clients meet it: on a port, over a database that can be taken away. */
export interface ServedApp {
  test: TestApp;
  /** Where it listens, on the loopback. */
  url: string;
  /** The database is back, and the app ready again, when this has passed. */
  whileDatabaseIsAway(act: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function serveTestApp(overrides: Parameters<typeof startTestApp>[0] = {}): Promise<ServedApp> {
  const database = await freshDatabase();
  const proxy = await openProxy(database.url);
  const test = await startTestApp({ databaseUrl: proxy.url, ...overrides });
  const listener = await listen({ host: "127.0.0.1", port: 0 });
  listener.serve(test.app.routing);
  const url = `http://127.0.0.1:${listener.port}`;
  return {
    test,
    url,
    async whileDatabaseIsAway(act) {
      proxy.cut();
      try {
        await act();
      } finally {
        proxy.mend();
        await expect.poll(async () => (await callOver(url, "GET /readyz")).status, { timeout: 10_000 }).toBe(200);
      }
    },
    async close() {
      await listener.drain(1_000);
      await test.close();
      await proxy.close();
      await database.close();
    },
  };
}
