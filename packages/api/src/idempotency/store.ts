import type { Auth } from "@parley/auth";
import type { Database } from "@parley/db";

/** A POST that is identified by who calls what, and by the key that the caller chose. */
export interface IdempotentRequest {
  scope: string;
  key: string;
}

export interface IdempotentAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type IdempotencyState =
  | { state: "fresh" }
  | ({ state: "replay" } & IdempotentAnswer)
  | { state: "mismatch" }
  | { state: "running" };

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

/** How long an unanswered claim blocks its key: longer than any request runs, so only a crash leaves it to expire. */
const claimSeconds = 60;
const keepHours = 24;

const claim = `INSERT INTO idempotency_records (scope, key, fingerprint, expires_at)
  VALUES ($1, $2, $3, now() + interval '${claimSeconds} seconds')
  ON CONFLICT (scope, key) DO UPDATE
    SET fingerprint = EXCLUDED.fingerprint, status = NULL, sealed_answer = NULL, created_at = now(), expires_at = EXCLUDED.expires_at
    WHERE idempotency_records.expires_at <= now()
  RETURNING 1`;

// The case keeps other callers' names from being read as ids.
const deleteStale = `DELETE FROM idempotency_records WHERE expires_at <= now()
  OR CASE WHEN scope ~ '^user:[0-9a-f-]{36} '
    THEN NOT EXISTS (SELECT FROM users WHERE id = substring(scope, 6, 36)::uuid) ELSE false END`;

/** First answers to keyed POSTs. Answers may hold tokens, so they are sealed at rest. */
export function createIdempotencyStore({ pool }: Database, sealer: Auth["sealer"]) {
  return {
    async begin(request: IdempotentRequest & { fingerprint: Uint8Array }): Promise<IdempotencyState> {
      const claimed = await pool.query(claim, [request.scope, request.key, Buffer.from(request.fingerprint)]);
      if (claimed.rowCount === 1) return { state: "fresh" };
      const { rows } = await pool.query<{ fingerprint: Buffer; status: number | null; sealed_answer: Buffer | null }>(
        "SELECT fingerprint, status, sealed_answer FROM idempotency_records WHERE scope = $1 AND key = $2",
        [request.scope, request.key],
      );
      const record = rows[0];
      // The claim ended between the two statements: whoever held it gave up, and the caller may try again.
      if (record === undefined) return { state: "running" };
      if (!record.fingerprint.equals(request.fingerprint)) return { state: "mismatch" };
      if (record.status === null || record.sealed_answer === null) return { state: "running" };
      const { headers, body } = JSON.parse(sealer.open(record.sealed_answer)) as Omit<IdempotentAnswer, "status">;
      return { state: "replay", status: record.status, headers, body };
    },

    async complete({ scope, key }: IdempotentRequest, { status, headers, body }: IdempotentAnswer): Promise<void> {
      await pool.query(
        `UPDATE idempotency_records SET status = $3, sealed_answer = $4, expires_at = now() + interval '${keepHours} hours'
         WHERE scope = $1 AND key = $2 AND status IS NULL`,
        [scope, key, status, Buffer.from(sealer.seal(JSON.stringify({ headers, body })))],
      );
    },

    /** Forgets a claim that got no answer worth keeping, so that a retry runs afresh. */
    async abandon({ scope, key }: IdempotentRequest): Promise<void> {
      await pool.query("DELETE FROM idempotency_records WHERE scope = $1 AND key = $2 AND status IS NULL", [
        scope,
        key,
      ]);
    },

    /** What is over, and what a request left that was under way while the account of its caller was deleted. */
    async deleteStale(): Promise<void> {
      await pool.query(deleteStale);
    },
  };
}
