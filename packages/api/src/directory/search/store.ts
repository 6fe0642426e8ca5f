import type { Database } from "@parley/db";
import { isPrivateAccount } from "../../profile/preferences/store";
import { type PublicRow, publicColumns, type StoredPublicProfile, toPublicProfile } from "../../profile/store";
import { containsPattern } from "./rules";
import type { SearchSort } from "./schema";

export interface HostQuery {
  words: readonly string[];
  isAvailable?: boolean;
  minRateCents?: number;
  maxRateCents?: number;
  sort: SearchSort;
  offset: number;
  limit: number;
}

export type HostSearchStore = ReturnType<typeof createHostSearchStore>;

/** Each has an index of its own (users_hosts_…) that yields hosts in just this order. */
const orders: Record<Exclude<SearchSort, "relevance">, string> = {
  newest: "u.is_available DESC, u.id DESC",
  rate_asc: "u.is_available DESC, u.rate_cents, u.id DESC",
  rate_desc: "u.is_available DESC, u.rate_cents DESC, u.id DESC",
  followers: "u.is_available DESC, u.follower_count DESC, u.id DESC",
};

export function createHostSearchStore({ pool }: Database) {
  return {
    /**
     * One page and the count of all, side by side. The statements hold no condition that was not asked for and are
     * planned anew each time: which index serves depends on how common the words are.
     */
    async search(query: HostQuery): Promise<{ items: StoredPublicProfile[]; total: number }> {
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const where = hostConditions(query, bind);
      const countValues = [...values];
      const order = query.sort === "relevance" ? relevance(query.words, bind) : orders[query.sort];
      // Deep pages are skipped over in an index, without fetching the rows before them.
      const page = `SELECT ${publicColumns}
        FROM (SELECT u.id FROM users u WHERE ${where} ORDER BY ${order}
              LIMIT ${bind(query.limit)}::bigint OFFSET ${bind(query.offset)}::bigint) page
        JOIN users u USING (id) ORDER BY ${order}`;
      const [found, counted] = await Promise.all([
        pool.query<PublicRow>(page, values),
        pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM users u WHERE ${where}`, countValues),
      ]);
      return { items: found.rows.map(toPublicProfile), total: counted.rows[0]?.total ?? 0 };
    },

    async usernames(limit: number): Promise<string[]> {
      const { rows } = await pool.query<{ username: string }>(
        `SELECT u.username FROM users u WHERE u.role = 'host' AND u.deleted_at IS NULL AND NOT ${isPrivateAccount}
         ORDER BY u.id DESC LIMIT $1`,
        [limit],
      );
      return rows.map(({ username }) => username);
    },
  };
}

type Bind = (value: unknown) => string;

function hostConditions({ words, isAvailable, minRateCents, maxRateCents }: HostQuery, bind: Bind): string {
  const conditions = ["u.role = 'host'", "u.deleted_at IS NULL", `NOT ${isPrivateAccount}`];
  for (const word of words) conditions.push(`u.search_text LIKE lower(${bind(containsPattern(word))}::text)`);
  if (isAvailable !== undefined) conditions.push(`u.is_available = ${bind(isAvailable)}::boolean`);
  if (minRateCents !== undefined) conditions.push(`u.rate_cents >= ${bind(minRateCents)}::int`);
  if (maxRateCents !== undefined) conditions.push(`u.rate_cents <= ${bind(maxRateCents)}::int`);
  return conditions.join(" AND ");
}

/** Those whose name or username has all the words before those whose bio has; then the most followed. */
function relevance(words: readonly string[], bind: Bind): string {
  if (words.length === 0) return orders.followers;
  const positions = words.map((word) => `strpos(u.search_text, lower(${bind(word)}::text))`);
  // The searched text begins with name, blank, username.
  const isInName = `greatest(${positions.join(", ")}) <= length(u.display_name) + 1 + length(u.username)`;
  return `u.is_available DESC, (${isInName}) DESC, u.follower_count DESC, u.id DESC`;
}
