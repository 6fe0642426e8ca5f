import type { Database } from "@parley/db";
import type { ChangeFeed } from "@parley/db/change-feed";
import { type CryptoKey, importJWK } from "jose";
import type { Sealer } from "./sealer";
import { createSigningKeyStore, makeSigningKey, type PublicJwk, type StoredSigningKey } from "./signing-key-store";

export interface SigningKeys {
  /** Loads the keys, and makes the first one where there is none. @throws where the secret does not open them. */
  start(): Promise<void>;
  /** The key that signs now. */
  signer(): Promise<{ kid: string; privateKey: CryptoKey }>;
  /** The key that may still verify under this id, or null. */
  verifier(kid: string): Promise<CryptoKey | null>;
  /** What others need to verify; public members only. */
  jwks(): { keys: PublicJwk[] };
  /** Makes a new key that signs from now on; the old ones verify until their last token has expired. */
  rotate(): Promise<{ kid: string }>;
  close(): void;
}

interface KnownKey extends StoredSigningKey {
  publicKey: CryptoKey;
}

/** How long a lookup may be refused, or the keys be out of date while the change feed is down. */
const reloadEveryMs = 1_000;

/** The signing keys as the database has them, held in memory until the change feed tells of a change. */
export function createSigningKeys(options: {
  pool: Database["pool"];
  changes: ChangeFeed;
  sealer: Sealer;
  /** How long a replaced key goes on verifying. */
  retireAfterMs: number;
  now(): Date;
}): SigningKeys {
  const { changes, sealer, retireAfterMs, now } = options;
  const store = createSigningKeyStore(options.pool);

  let known: ReadonlyMap<string, KnownKey> = new Map();
  let opened: { kid: string; privateKey: CryptoKey } | null = null;
  /** No change was heard since `known` was loaded. */
  let isUnchanged = false;
  let changesHeard = 0;
  let loadsBegun = 0;
  let shownLoad = 0;
  let loading: Promise<void> | null = null;
  let lastLoadAt = Number.NEGATIVE_INFINITY;
  let lastUnknownAt = Number.NEGATIVE_INFINITY;
  let unknownLookup: Promise<void> = Promise.resolve();

  const stopListening = changes.subscribe("signing_key", outdate, () => {
    changesHeard++;
    isUnchanged = false;
  });

  function outdate(): void {
    changesHeard++;
    isUnchanged = false;
    refreshAside();
  }

  async function load(): Promise<void> {
    const mine = ++loadsBegun;
    const heardBefore = changesHeard;
    const wasLive = changes.isLive();
    lastLoadAt = performance.now();
    const rows = await store.list();
    const next = new Map<string, KnownKey>();
    for (const row of rows) {
      const publicKey = known.get(row.kid)?.publicKey ?? (await importRsa(row.publicJwk));
      next.set(row.kid, { ...row, publicKey });
    }
    // A load that began earlier but ends later must not bring the past back.
    if (mine < shownLoad) return;
    shownLoad = mine;
    known = next;
    isUnchanged = wasLive && changes.isLive() && heardBefore === changesHeard;
  }

  /** Does nothing while the keys are current; in the blind it asks once a second. Callers at one time share a load. */
  async function refresh(): Promise<void> {
    if (isCurrent()) return;
    const isEarly = !changes.isLive() && performance.now() - lastLoadAt < reloadEveryMs;
    if (loading === null && isEarly) return;
    loading ??= load().finally(() => {
      loading = null;
    });
    await loading;
  }

  /** Anybody can make up ids: they cost one load a second, however many come. */
  function lookForUnknown(): Promise<void> {
    if (performance.now() - lastUnknownAt >= reloadEveryMs) {
      lastUnknownAt = performance.now();
      unknownLookup = load();
    }
    return unknownLookup;
  }

  /** Where it fails, whoever needs the keys next tries again, and hears of it. */
  function refreshAside(): void {
    refresh().catch(() => {});
  }

  /** `known` is what the database holds: the feed would have told otherwise. */
  const isCurrent = () => isUnchanged && changes.isLive();
  const mayVerify = ({ retiresAt }: KnownKey) => retiresAt === null || retiresAt > now();

  /** The newest, as the store lists them in the order in which they were made. */
  const newestActive = () => [...known.values()].findLast(({ retiresAt }) => retiresAt === null);

  async function signer(): Promise<{ kid: string; privateKey: CryptoKey }> {
    await refresh();
    let key = newestActive();
    if (key === undefined) {
      await store.addFirst(() => makeSigningKey(sealer));
      await load();
      key = newestActive();
    }
    if (key === undefined) throw new Error("There is no signing key");
    if (opened?.kid !== key.kid) opened = { kid: key.kid, privateKey: await openPrivateKey(key, sealer) };
    return opened;
  }

  return {
    async start() {
      await signer();
    },

    signer,

    async verifier(kid) {
      await refresh();
      if (!known.has(kid)) await lookForUnknown();
      const key = known.get(kid);
      return key !== undefined && mayVerify(key) ? key.publicKey : null;
    },

    jwks() {
      if (!isCurrent()) refreshAside();
      return { keys: [...known.values()].filter(mayVerify).map(({ publicJwk }) => publicJwk) };
    },

    async rotate() {
      // Refuses the wrong secret before it does harm.
      await signer();
      const key = await makeSigningKey(sealer);
      const at = now();
      await store.replaceActive(key, { now: at, retiresAt: new Date(at.getTime() + retireAfterMs) });
      await load();
      return { kid: key.kid };
    },

    close: stopListening,
  };
}

async function openPrivateKey({ kid, sealedPrivateKey }: KnownKey, sealer: Sealer): Promise<CryptoKey> {
  let jwk: string;
  try {
    jwk = sealer.open(sealedPrivateKey);
  } catch (cause) {
    throw new Error(
      `The signing key ${kid} was sealed with another secret. Start with the secret that this database was first ` +
        "used with (AUTH_SECRET, or the auth-secret file of its data directory), or delete all rows of signing_keys: " +
        "new keys are made then, and every access token ends.",
      { cause },
    );
  }
  return importRsa(JSON.parse(jwk));
}

async function importRsa(jwk: object): Promise<CryptoKey> {
  const key = await importJWK(jwk, "RS256");
  if (key instanceof Uint8Array) throw new Error("A signing key must be an RSA key");
  return key;
}
