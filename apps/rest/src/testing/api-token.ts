import type { Dependencies } from "@parley/api/dependencies";

export interface ApiTokenFacts {
  scopes?: readonly string[];
  /** Default: never. */
  expiresAt?: Date;
}

/** An API token of somebody's, in force unless the test wants it otherwise. */
export async function apiTokenOf(
  { auth, database }: Pick<Dependencies, "auth" | "database">,
  userId: string,
  { scopes = [], expiresAt }: ApiTokenFacts = {},
): Promise<{ id: string; token: string }> {
  const { token, hash } = auth.createApiToken();
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes, expires_at)
     VALUES (uuidv7(), $1, 'Test', $2, 'abcd', $3, $4) RETURNING id`,
    [userId, Buffer.from(hash), scopes, expiresAt ?? null],
  );
  return { id: rows[0]?.id ?? "", token };
}
