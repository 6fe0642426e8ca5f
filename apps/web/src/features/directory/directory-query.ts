/** What the directory shows, as its address has it. */
export interface DirectoryQuery {
  q: string;
  isAvailable: boolean;
  /** Whole dollars a minute; null for any. */
  maxDollars: number | null;
  sort: DirectorySort;
  page: number;
}

export type DirectorySort = "best" | "rate" | "newest";

/** What the price may be limited to. Others can stand in an address. */
export const priceSteps = [1, 2, 3, 5, 10] as const;

export const hostsPerPage = 12;

const maxQueryLength = 100;
const maxPage = 10_000;
const maxPrice = 100_000;

/** Reads an address, or a form. What cannot be meant counts as not given: an old link never leads to an error. */
export function readDirectoryQuery(given: (name: string) => string | null | undefined): DirectoryQuery {
  const sort = given("sort");
  return {
    q: readWords(given("q") ?? ""),
    isAvailable: given("available") === "1",
    maxDollars: readWhole(given("max"), maxPrice),
    sort: sort === "rate" || sort === "newest" ? sort : "best",
    page: readWhole(given("page"), maxPage) ?? 1,
  };
}

/** The one address of a query: what is as usual is left out. */
export function directoryAddress({ q, isAvailable, maxDollars, sort, page }: DirectoryQuery): string {
  const params = new URLSearchParams();
  if (q !== "") params.set("q", q);
  if (isAvailable) params.set("available", "1");
  if (maxDollars !== null) params.set("max", String(maxDollars));
  if (sort !== "best") params.set("sort", sort);
  if (page > 1) params.set("page", String(page));
  const text = params.toString();
  return text === "" ? "/" : `/?${text}`;
}

function readWords(text: string): string {
  const clean = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return [...clean].slice(0, maxQueryLength).join("").trim();
}

function readWhole(text: string | null | undefined, max: number): number | null {
  if (!text || !/^\d{1,6}$/.test(text)) return null;
  const value = Number(text);
  return value >= 1 && value <= max ? value : null;
}
