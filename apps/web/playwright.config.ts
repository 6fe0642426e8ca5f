import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { publishedStage } from "./e2e/stage/stage";

/** The system's Chromium: `npm test` has made sure that there is one. */
const programs = ["chromium", "chromium-browser", "google-chrome"];
const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/bin"];
const chromium = folders
  .flatMap((folder) => programs.map((program) => path.join(folder, program)))
  .find((program) => existsSync(program));

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/stage/global-setup.ts",
  // Two browsers beside two servers and a database are what two cores bear.
  workers: 2,
  fullyParallel: false,
  // What passes at the second attempt has failed at the first.
  retries: 0,
  // Nothing here is measured by the clock: patience costs only where something is wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    // Workers read this file again, when the stage stands.
    baseURL: publishedStage()?.webUrl,
    browserName: "chromium",
    launchOptions: { executablePath: chromium },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
