import { freshDatabase } from "@parley/testing";
import { chromium } from "@playwright/test";
import { expect, it } from "vitest";
import { useProcesses } from "../testing/processes";

const processes = useProcesses();

it("/docs shows the API in a browser, asks no other host for anything, and reports no error", async () => {
  const database = await freshDatabase();
  const env = { DATABASE_URL: database.url, WORKER: "off" };
  const server = await processes.serve({ dataDir: await processes.dataDir(), env });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
  try {
    const page = await browser.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("websocket", (socket) => requests.push(socket.url()));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${server.url}/docs`);
    const patience = { timeout: 60_000 };
    await page.getByRole("heading", { name: "Parley API", exact: true }).first().waitFor(patience);
    await page.getByRole("heading", { name: "Create an account and sign in" }).first().waitFor(patience);
    // What a page would fetch late, it fetches within this.
    await page.waitForTimeout(4_000);

    const foreign = requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== server.url);
    expect(requests.length).toBeGreaterThan(1);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await server.stop();
    await database.close();
  }
}, 180_000);
