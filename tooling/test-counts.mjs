import { existsSync, readFileSync } from "node:fs";

export const nothingRan = { passed: 0, failed: 0 };

/**
 * Figures of a vitest run, from its JSON report; null where it wrote none. A file that could not even be loaded counts
 * as one failure. A skipped test proves nothing, so it counts as failed unless a filter asked for less.
 */
export function countTests(report, { isSkippingFine }) {
  if (!existsSync(report)) return null;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = readJson(report);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  const skipped = isSkippingFine ? 0 : numPendingTests + numTodoTests;
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length + skipped };
}

/** Figures of a Playwright run, from its JSON report; null where it wrote none. A flaky journey has failed once. */
export function countJourneys(report) {
  if (!existsSync(report)) return null;
  const { stats, errors } = readJson(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
