import { chromium } from "@playwright/test";
import { freshDatabase } from "@parley/testing";
import { it } from "vitest";
import { useProcesses } from "../testing/processes";

const processes = useProcesses();
it("peek", async () => {
  const database = await freshDatabase();
  const server = await processes.serve({ dataDir: await processes.dataDir(), env: { DATABASE_URL: database.url, WORKER: "off" } });
  for (const path of ["/docs", "/docs/", "/docs/js/scalar.js", "/v1/openapi.json", "/favicon.ico"]) {
    const begun = performance.now();
    const r = await fetch(server.url + path, { redirect: "manual", signal: AbortSignal.timeout(8000) });
    const size = await r.arrayBuffer().then((b) => b.byteLength, (e) => String(e));
    console.info(path, r.status, size, r.headers.get("content-length"), r.headers.get("transfer-encoding"), Math.round(performance.now() - begun));
  }
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
  const page = await browser.newPage();
  const open = new Set<string>();
  page.on("request", (r) => { open.add(r.url()); });
  page.on("requestfinished", (r) => { open.delete(r.url()); });
  page.on("requestfailed", (r) => { console.info("failed", r.url(), r.failure()?.errorText); open.delete(r.url()); });
  await page.goto(`${server.url}/docs`);
  await page.waitForTimeout(10_000);
  console.info("still open:", [...open]);
  await browser.close();
  await server.stop();
  await database.close();
}, 120_000);
