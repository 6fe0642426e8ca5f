import { describe, expect, test } from "vitest";
import { searchInput } from "./schema";

describe("searchInput", () => {
  test("asks for the first page of all hosts by default", () => {
    expect(searchInput.parse({})).toEqual({ page: 1, perPage: 20, sort: "relevance" });
  });

  test.each([
    ["equal bounds", { minRateCents: 250, maxRateCents: 250 }],
    ["one bound", { maxRateCents: 0 }],
    ["a blank query", { q: "  " }],
    ["a query of 100 characters", { q: "é".repeat(100) }],
  ])("takes %s", (_, input) => {
    expect(searchInput.safeParse(input).success).toBe(true);
  });

  test.each([
    ["a query of 101 characters", { q: "x".repeat(101) }, "q", "must be at most 100 characters"],
    ["a query with a NUL", { q: "a\u0000" }, "q", "must not contain control characters"],
    ["another order", { sort: "best" }, "sort", "must be one of relevance, newest, rate_asc, rate_desc, followers"],
    ["a negative rate", { minRateCents: -1 }, "minRateCents", "must not be negative"],
    ["a rate beyond all", { maxRateCents: 1e9 }, "maxRateCents", "must be at most 100000.00"],
    ["reversed rates", { minRateCents: 2, maxRateCents: 1 }, "minRateCents", "must not be more than the highest rate"],
    ["page 0", { page: 0 }, "page", "must be at least 1"],
    ["more than 100 a page", { perPage: 101 }, "perPage", "must be at most 100"],
  ])("refuses %s", (_, input, field, message) => {
    const issues = searchInput.safeParse(input).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[field, message]]);
  });
});
