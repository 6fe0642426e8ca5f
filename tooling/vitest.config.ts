import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: path.resolve(import.meta.dirname, ".."),
  // As apps/web/tsconfig.json has it: the one app that names its own files so.
  resolve: { alias: { "@/": `${path.resolve(import.meta.dirname, "../apps/web/src")}/` } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts", "tooling/**/*.test.{mjs,ts}"],
    globalSetup: ["packages/testing/src/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A state is waited for, not a time: patience costs only where something is wrong.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
