/** A whole answer, ready to be written. */
export interface CachedAnswer {
  status: number;
  /** Flat: name, value, name, value. Without what differs from request to request. */
  headers: readonly string[];
  /** The bytes, one Latin-1 character each: Node sends head and body in one write when both are text. */
  body: string;
  etag: string | null;
}

/**
 * Answers by request URL, each dropped when one of its tags (`topic:key`) changes. `begin` is taken before the data is
 * read, so that a change between reading and storing is not missed.
 */
export interface ByteCache<Token = unknown> {
  read(url: string): CachedAnswer | undefined;
  begin(): Token;
  store(url: string, tags: readonly string[], answer: CachedAnswer, token: Token): void;
}
