import type { Database } from "@parley/db";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { Sealer } from "./sealer";

/** What others verify with: no member beyond these (RFC 7517, RFC 7518 section 6.3.1). */
export interface PublicJwk {
  kty: "RSA";
  n: string;
  e: string;
  kid: string;
  use: "sig";
  alg: "RS256";
}

export interface NewSigningKey {
  kid: string;
  publicJwk: PublicJwk;
  sealedPrivateKey: Uint8Array;
}

export interface StoredSigningKey extends NewSigningKey {
  /** From then on it verifies no more; null for the key that signs. */
  retiresAt: Date | null;
}

interface SigningKeyRow {
  kid: string;
  public_jwk: { n: string; e: string };
  sealed_private_key: Uint8Array;
  retires_at: Date | null;
}

type Pool = Database["pool"];

/** A connection inside a transaction. */
interface Writer {
  query(text: string, values?: unknown[]): Promise<{ rowCount: number | null }>;
}

/** RSA of 2048 bits, with the RFC 7638 thumbprint as its id. */
export async function makeSigningKey(sealer: Sealer): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    publicJwk: publicJwk(kid, jwk.n ?? "", jwk.e ?? ""),
    sealedPrivateKey: sealer.seal(JSON.stringify(await exportJWK(privateKey))),
  };
}

/** The table of signing keys. Writers take turns, in whatever process they run: one key at most is not retiring. */
export function createSigningKeyStore(pool: Pool) {
  return {
    /** In the order in which they were made. */
    async list(): Promise<StoredSigningKey[]> {
      const { rows } = await pool.query<SigningKeyRow>(
        "SELECT kid, public_jwk, sealed_private_key, retires_at FROM signing_keys ORDER BY created_at, kid",
      );
      return rows.map((row) => ({
        kid: row.kid,
        publicJwk: publicJwk(row.kid, row.public_jwk.n, row.public_jwk.e),
        sealedPrivateKey: row.sealed_private_key,
        retiresAt: row.retires_at,
      }));
    },

    /** Adds a key where none signs. Processes that start together agree on the first one's. */
    addFirst(make: () => Promise<NewSigningKey>): Promise<void> {
      return inTurn(pool, async (client) => {
        const { rowCount } = await client.query("SELECT 1 FROM signing_keys WHERE retires_at IS NULL");
        if (rowCount === 0) await insert(client, await make());
      });
    },

    /** Also forgets the keys that have retired. */
    replaceActive(key: NewSigningKey, times: { now: Date; retiresAt: Date }): Promise<void> {
      return inTurn(pool, async (client) => {
        await client.query("DELETE FROM signing_keys WHERE retires_at <= $1", [times.now]);
        await client.query("UPDATE signing_keys SET retires_at = $1 WHERE retires_at IS NULL", [times.retiresAt]);
        await insert(client, key);
      });
    },
  };
}

async function insert(client: Writer, key: NewSigningKey): Promise<void> {
  await client.query("INSERT INTO signing_keys (kid, public_jwk, sealed_private_key) VALUES ($1, $2, $3)", [
    key.kid,
    key.publicJwk,
    key.sealedPrivateKey,
  ]);
}

async function inTurn(pool: Pool, write: (client: Writer) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('parley signing keys'))");
    await write(client);
    await client.query("COMMIT");
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true);
    throw error;
  }
  client.release();
}

// Member by member, so that nothing else that the column may hold is ever published.
function publicJwk(kid: string, n: string, e: string): PublicJwk {
  return { kty: "RSA", n, e, kid, use: "sig", alg: "RS256" };
}
