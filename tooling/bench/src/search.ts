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

/** What a careful hand would ask the same table: one page of matches, with their number. */
function bareStatement(query: string): { text: string; values: string[] } {
  const words = query.split(" ");
  const conditions = words.map((_, index) => `search_text LIKE $${index + 1}`).join(" AND ");
  return {
    text: `SELECT id, display_name, username, bio, avatar_key, is_available, rate_cents, window_size_minutes, follower_count,
        count(*) OVER ()::int AS total
      FROM users WHERE role = 'host' AND deleted_at IS NULL AND ${conditions}
      ORDER BY is_available DESC, follower_count DESC, id DESC LIMIT 20`,
    values: words.map((word) => `%${word}%`),
  };
}

/** p95 over the same queries, ours by HTTP and the statement by itself. As a ratio of speeds, 3x slower is 0.33. */
export function searchWork(rest: string, databaseUrl: string): Work {
  return {
    name: "GET /v1/users?q= over 100,000 hosts",
    unit: "ms p95",
    goal: 1 / 3,
    async measure() {
      const pool = new pg.Pool({ connectionString: databaseUrl, max: workers });
      const peer = await p95Milliseconds(queries, workers, (query) => pool.query(bareStatement(query)));
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
