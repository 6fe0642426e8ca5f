import path from "node:path";
import { main, prepare, root, run, say } from "./bootstrap.mjs";
import { assertPrograms, benchPrograms } from "./system-programs.mjs";

// `pnpm bench [seconds a round]` prints a table of ratios and how fast Lighthouse finds pages, and writes both to
// bench/results.json.
await main(async () => {
  await assertPrograms(benchPrograms);
  say("Building…");
  await prepare(["build"], { isQuiet: true });
  const folder = path.join(root, "tooling/bench");
  const tsx = path.join(folder, "node_modules/.bin/tsx");
  await run(tsx, [path.join(folder, "src/main.ts"), ...process.argv.slice(2)]);
  await run(tsx, [path.join(root, "apps/web/e2e/speed.ts")]);
});
