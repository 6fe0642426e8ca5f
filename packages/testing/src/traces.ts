import type { Pool } from "pg";

/** Per table of the product, how many rows name any of these, as whole rows in text. Tables without any are left out. */
export async function rowsNaming(sql: Pool["query"], words: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const { rows } = await sql<{ address: string; name: string }>(
    `SELECT table_schema || '.' || quote_ident(table_name) AS address, table_name AS name
     FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const condition = words.map((_, i) => `position($${i + 1} IN t::text) > 0`).join(" OR ");
  for (const { address, name } of rows) {
    const counted = await sql<{ count: number }>(`SELECT count(*)::int AS count FROM ${address} t WHERE ${condition}`, [
      ...words,
    ]);
    const count = counted.rows[0]?.count ?? 0;
    if (count > 0) found.set(name, count);
  }
  return found;
}
