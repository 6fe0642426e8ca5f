import pg from "pg";
import { p95Milliseconds } from "./load";
import type { Work } from "./works";

const words = [
  "ada",
  "berg",
  "piano",
  "career",
  "grant writing",
  "sleep focus",
  "tanaka",
  "startup",
  "kim",
  "host-777",
  "milo silva",
  "gardens",
];
const queries = Array.from({ length: 240 }, (_, index) => words[index % words.length] as string);
const workers = 4;

/** What a careful hand would ask the same table: one page of matches, best first, with their number. */
const bare = `SELECT id, display_name, username, bio, avatar_key, is_available, rate_cents, window_size_minutes,
    (SELECT count(*)::int FROM follows f WHERE f.followed_id = u.id) AS follower_count, count(*) OVER ()::int AS total
  FROM users u
  WHERE role = 'host' AND deleted_at IS NULL
    AND lower(display_name || ' ' || coalesce(username, '') || ' ' || coalesce(bio, '')) LIKE ALL ($1)
  ORDER BY is_available DESC, id DESC LIMIT 20`;

/** p95 over the same queries, ours by HTTP and the statement by itself. As a ratio of speeds, 3x slower is 0.33. */
export function searchWork(rest: string, databaseUrl: string): Work {
  return {
    name: "GET /v1/users?q= over 100,000 hosts",
    unit: "ms p95",
    goal: 1 / 3,
    async measure() {
      const pool = new pg.Pool({ connectionString: databaseUrl, max: workers });
      const peer = await p95Milliseconds(queries, workers, (query) =>
        pool.query({ name: "search", text: bare, values: [query.split(" ").map((word) => `%${word}%`)] }),
      );
      await pool.end();
      const ours = await p95Milliseconds(queries, workers, async (query) => {
        const response = await fetch(`${rest}/v1/users?q=${encodeURIComponent(query)}`);
        if (!response.ok) throw new Error(`search answered ${response.status}`);
        await response.arrayBuffer();
      });
      return { ours, peer };
    },
  };
}
