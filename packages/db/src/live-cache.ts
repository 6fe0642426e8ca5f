import { LRUCache } from "lru-cache";
import type { ChangeFeed } from "./change-feed";

/** Proof of when a load began: what changed since then must not be stored. */
export type LoadToken = number;

const never: LoadToken = -1;

export interface LiveCache<V> {
  /** Undefined where nothing is known, and always while changes cannot be heard. */
  read(key: string): V | undefined;
  begin(): LoadToken;
  /** Keeps a value until one of its tags (`topic:key`) changes. Drops it if one did since `token` was taken. */
  store(key: string, tags: readonly string[], value: V, token: LoadToken): void;
  clear(): void;
}

/**
 * A bounded cache that is never older than the change feed's silence: an announced change removes what shows it, and
 * a lost feed empties it until it is heard again.
 */
export function createLiveCache<V>(options: {
  changes: ChangeFeed;
  topics: readonly string[];
  maxEntries: number;
}): LiveCache<V> {
  const { changes, topics, maxEntries } = options;
  const keysByTag = new Map<string, Set<string>>();
  const entries = new LRUCache<string, { value: V; tags: readonly string[] }>({
    max: maxEntries,
    dispose: ({ tags }, key) => {
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) keysByTag.delete(tag);
      }
    },
  });
  // When each tag last changed, so that a load that was under way is not stored. What falls out of the bound raises
  // the floor: a load older than that is dropped, whatever its tags.
  const changedAt = new LRUCache<string, number>({
    max: Math.max(1_000, maxEntries),
    dispose: (at, _tag, reason) => {
      if (reason === "evict") floor = Math.max(floor, at);
    },
  });
  let sequence = 0;
  let floor = 0;

  const clear = () => {
    floor = ++sequence;
    entries.clear();
    keysByTag.clear();
    changedAt.clear();
  };
  for (const topic of topics) {
    changes.subscribe(
      topic,
      (key) => {
        const tag = `${topic}:${key}`;
        changedAt.set(tag, ++sequence);
        for (const stale of [...(keysByTag.get(tag) ?? [])]) entries.delete(stale);
      },
      clear,
    );
  }

  return {
    read: (key) => (changes.isLive() ? entries.get(key)?.value : undefined),
    // What is loaded while changes go unheard must not outlive that: nobody would tell us that it has changed.
    begin: () => (changes.isLive() ? sequence : never),
    store(key, tags, value, token) {
      if (!changes.isLive() || token < floor) return;
      if (tags.some((tag) => (changedAt.get(tag) ?? 0) > token)) return;
      entries.set(key, { value, tags });
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        if (keys === undefined) keysByTag.set(tag, new Set([key]));
        else keys.add(key);
      }
    },
    clear,
  };
}
