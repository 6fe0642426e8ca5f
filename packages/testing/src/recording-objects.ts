interface StoredObject {
  bytes: Uint8Array;
  contentType: string;
  cacheControl?: string;
}

type Step = "put" | "get" | "exists" | "delete";

/**
 * An object store in memory that writes down what is asked of it, in order, and fails where it is told to.
 * For what real stores do not do on demand; that they behave is proven where they live.
 */
export function createRecordingObjects() {
  const stored = new Map<string, StoredObject>();
  const calls: string[] = [];
  const failing = new Set<Step>();

  function note(step: Step, key: string): void {
    calls.push(`${step} ${key}`);
    if (failing.has(step)) throw new Error(`the object store fails to ${step}`);
  }

  return {
    stored,
    /** "put avatars/…", "delete avatars/…", in the order in which they were asked for, also those that failed. */
    calls,
    failing,
    async put(key: string, bytes: Uint8Array, options: { contentType: string; cacheControl?: string }): Promise<void> {
      note("put", key);
      stored.set(key, { bytes, ...options });
    },
    async get(key: string): Promise<StoredObject | null> {
      note("get", key);
      return stored.get(key) ?? null;
    },
    async exists(key: string): Promise<boolean> {
      note("exists", key);
      return stored.has(key);
    },
    async delete(key: string): Promise<void> {
      note("delete", key);
      stored.delete(key);
    },
    async *list(prefix: string): AsyncIterable<string> {
      for (const key of stored.keys()) if (key.startsWith(prefix)) yield key;
    },
    publicUrl: (key: string) => `https://cdn.example.test/${key}`,
    async close(): Promise<void> {},
  };
}
