import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const channel = "parley_changes";
const heartbeatMs = 400;
const trustMs = 1_000;
const firstRetryMs = 100;
const lastRetryMs = 1_000;

/** Hears what any process has changed: PostgreSQL's NOTIFY, sent by triggers, as `topic:key`. */
export interface ChangeFeed {
  /** Connects for the first time; from then on it keeps itself connected. */
  start(): Promise<void>;
  /** True while every change that was committed more than a second ago has been heard. */
  isLive(): boolean;
  /** @returns a function that ends the subscription. `onLost` is called when changes may have been missed. */
  subscribe(topic: string, onChange: (key: string) => void, onLost?: () => void): () => void;
  close(): Promise<void>;
}

interface Subscription {
  topic: string;
  onChange(key: string): void;
  onLost?(): void;
}

/**
 * One connection of its own: LISTEN binds to a connection, and the pool's come and go. PostgreSQL tells a connection of
 * changes before it answers it, so the answer to a heartbeat proves that all was heard up to when it was sent. That is
 * trusted for a second, which is how long a cache may be wrong: also when a connection dies without a word, and when
 * this process itself was asleep.
 */
export function createChangeFeed(options: { url: string; onError?(error: Error): void }): ChangeFeed {
  const subscriptions = new Set<Subscription>();
  let client: pg.Client | null = null;
  let isClosed = false;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | undefined;
  let trustedUntil = 0;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: "parley-changes",
      connectionTimeoutMillis: lastRetryMs,
    });
    next.on("error", (error) => lose(next, error));
    next.on("end", () => lose(next, new Error("the change feed's connection ended")));
    next.on("notification", ({ payload = "" }) => hear(payload));
    try {
      await next.connect();
      const askedAt = performance.now();
      await next.query(`LISTEN ${channel}`);
      trustedUntil = askedAt + trustMs;
    } catch (error) {
      next.end().catch(() => {});
      throw error;
    }
    if (isClosed) return next.end();
    client = next;
    retryMs = firstRetryMs;
    beat(next);
  }

  function beat(current: pg.Client): void {
    timer = setTimeout(() => {
      const askedAt = performance.now();
      const late = setTimeout(() => lose(current, new Error("the change feed's heartbeat got no answer")), trustMs);
      late.unref();
      current
        .query("SELECT 1")
        .finally(() => clearTimeout(late))
        .then(
          () => {
            if (client !== current) return;
            trustedUntil = askedAt + trustMs;
            beat(current);
          },
          (error: Error) => lose(current, error),
        );
    }, heartbeatMs);
    timer.unref();
  }

  function hear(payload: string): void {
    const colon = payload.indexOf(":");
    const topic = payload.slice(0, colon);
    const key = payload.slice(colon + 1);
    for (const subscription of subscriptions) if (subscription.topic === topic) subscription.onChange(key);
  }

  function lose(lost: pg.Client, error: Error): void {
    if (client !== lost) return;
    client = null;
    clearTimeout(timer);
    lost.end().catch(() => {});
    for (const { onLost } of subscriptions) onLost?.();
    if (isClosed) return;
    options.onError?.(error);
    retry();
  }

  function retry(): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      connect().catch(() => {
        retryMs = Math.min(retryMs * 2, lastRetryMs);
        retry();
      });
    }, retryMs);
    timer.unref();
  }

  return {
    start: connect,
    isLive: () => client !== null && performance.now() < trustedUntil,
    subscribe(topic, onChange, onLost) {
      const subscription = { topic, onChange, onLost };
      subscriptions.add(subscription);
      return () => subscriptions.delete(subscription);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const last = client;
      client = null;
      // A connection that died without a word would never confirm its end.
      if (last !== null) await Promise.race([last.end(), delay(trustMs, undefined, { ref: false })]);
    },
  };
}
