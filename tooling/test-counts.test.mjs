import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { countJourneys, countTests } from "./test-counts.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "parley-counts-"));
const report = path.join(folder, "report.json");

afterAll(() => rmSync(folder, { recursive: true }));

function written(content) {
  writeFileSync(report, JSON.stringify(content));
  return report;
}

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{ status: "passed" }] },
  ],
};

test("counts a file that does not load, and skipped tests, as failures", () => {
  expect(countTests(written(vitestReport), { isSkippingFine: false })).toEqual({ passed: 5, failed: 5 });
});

test("lets a filter skip", () => {
  expect(countTests(written(vitestReport), { isSkippingFine: true })).toEqual({ passed: 5, failed: 2 });
});

test("counts flaky and skipped journeys, and errors outside of any, as failures", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 };
  expect(countJourneys(written({ stats, errors: [{}] }))).toEqual({ passed: 4, failed: 4 });
});

test("says nothing about a run that left no report", () => {
  expect(countTests(path.join(folder, "none.json"), { isSkippingFine: false })).toBeNull();
  expect(countJourneys(path.join(folder, "none.json"))).toBeNull();
});
