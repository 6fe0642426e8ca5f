import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { main, prepare, root, run, StepFailed, say } from "./bootstrap.mjs";
import { assertPrograms } from "./system-programs.mjs";
import { countJourneys, countTests, nothingRan } from "./test-counts.mjs";

/**
 * `npm test`: types, build, structure, lint, tests, journeys in a browser; then, alone on the last line, "N passed,
 * N failed". `npm test -- account` runs only the tests whose path has that in it, with any other option of vitest.
 */
const filters = process.argv.slice(2);
const bin = (name) => path.join(root, "node_modules/.bin", name);
const total = { passed: 0, failed: 0 };
const started = Date.now();

await main(async () => {
  const reports = await mkdtemp(path.join(tmpdir(), "parley-test-"));
  try {
    await (filters.length > 0 ? runFiltered(reports) : runAll(reports));
  } catch (error) {
    // A step that the others need has said already what was wrong.
    if (!(error instanceof StepFailed)) throw error;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
  if (total.passed + total.failed === 0) say("No test ran.");
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
  say(`\n${total.passed} passed, ${total.failed} failed`);
});

async function runFiltered(reports) {
  await vital("Dependencies and generated code", () => prepare(["generate"], { isQuiet: true }));
  await vital("Programs that tests drive", assertPrograms);
  await step("Tests", () => runVitest(reports, filters));
}

async function runAll(reports) {
  await vital("Dependencies and generated code", () => prepare(["generate"], { isQuiet: true }));
  await vital("Programs that tests drive", assertPrograms);
  await step("Types and builds", () => prepare(["typecheck", "build", "--continue"], { isQuiet: true }));
  await step("Structure", () => run(process.execPath, [path.join(root, "tooling/check-structure.mjs")]));
  await step("Format and lint", () => run(bin("biome"), ["check", "--error-on-warnings", "."]));
  await step("Tests", () => runVitest(reports, ["--allowOnly=false"]));
  for (const app of ["apps/rest", "apps/web"]) {
    if (!existsSync(path.join(root, app, "playwright.config.ts"))) continue;
    await step(`Journeys of ${app}`, () => runJourneys(app, reports));
  }
}

/** Runs a step without which the others could mean nothing: where it fails, the run ends. */
async function vital(title, work) {
  const failure = await step(title, work);
  if (failure !== null) throw failure;
}

/** Runs a step and says how long it took. One that fails without counting its failures counts as one. */
async function step(title, work) {
  const begun = Date.now();
  const failedBefore = total.failed;
  say(`\n▸ ${title}`);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (total.failed === failedBefore) total.failed += 1;
    say(`  failed after ${seconds(begun)} s: ${error.message}`);
    return error;
  }
  say(`  done in ${seconds(begun)} s, ${seconds(started)} s in all`);
  return null;
}

async function runVitest(reports, args) {
  const report = path.join(reports, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const command = ["run", "--config", "tooling/vitest.config.ts", ...reporters, ...args];
  await counted(run(bin("vitest"), command), () => countTests(report, { isSkippingFine: filters.length > 0 }));
}

async function runJourneys(app, reports) {
  const report = path.join(reports, `${path.basename(app)}.json`);
  const command = [`--dir=${app}`, "exec", "playwright", "test", "--forbid-only", "--reporter=list,json"];
  await counted(run(bin("pnpm"), command, { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } }), () =>
    countJourneys(report),
  );
}

/** Adds a runner's own figures to the total, whether it ended well or not. */
async function counted(running, count) {
  const outcome = await running.then(
    () => null,
    (error) => error,
  );
  const { passed, failed } = count() ?? nothingRan;
  total.passed += passed;
  total.failed += failed;
  if (outcome !== null) {
    if (failed === 0) total.failed += 1;
    throw outcome;
  }
  if (failed > 0) throw new StepFailed(`${failed} did not pass`);
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
