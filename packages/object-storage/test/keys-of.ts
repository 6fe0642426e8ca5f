import type { ObjectStorage } from "../src/storage";

/** Every key that begins with `prefix`, put in byte order. */
export async function keysOf(storage: ObjectStorage, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of storage.list(prefix)) keys.push(key);
  return keys.sort((a, b) => (a < b ? -1 : 1));
}
