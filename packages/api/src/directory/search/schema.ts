import { z } from "zod";
import { cents, pageOf, pageRequest, text } from "../../primitives";
import { publicProfile } from "../../profile/schema";

const searchSort = z.enum(["relevance", "newest", "rate_asc", "rate_desc", "followers"]);
export type SearchSort = z.infer<typeof searchSort>;

const rateBound = cents.min(0, "must not be negative").max(100_000_00, "must be at most 100000.00");

/** Source: conventions, "search". */
export const searchInput = pageRequest
  .extend({
    /** Words in any case, all of which occur in name, username or bio. */
    q: text({ max: 100 }).optional(),
    available: z.boolean().optional(),
    minRateCents: rateBound.optional(),
    maxRateCents: rateBound.optional(),
    sort: searchSort.default("relevance"),
  })
  .check(({ value: { minRateCents, maxRateCents }, issues }) => {
    if (minRateCents === undefined || maxRateCents === undefined || minRateCents <= maxRateCents) return;
    issues.push({
      code: "custom",
      message: "must not be more than the highest rate",
      input: minRateCents,
      path: ["minRateCents"],
    });
  });
export type Search = z.infer<typeof searchInput>;

export const searchPage = pageOf(publicProfile);
export type SearchPage = z.infer<typeof searchPage>;

/** Source: sitemaps.org, what one sitemap may hold. */
export const maxListedUsernames = 50_000;

/** Of hosts alone, newest first. */
export const listedUsernames = z.array(z.string()).max(maxListedUsernames);
