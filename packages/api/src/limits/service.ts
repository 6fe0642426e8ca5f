import { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "../errors";
import { type LimitName, limitBucket, limitPolicies } from "./rules";

export interface LimitState {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Unix seconds at which the window ends. */
  resetSeconds: number;
  /** What to say when it is not allowed. */
  refusal: DomainError;
}

export interface RateLimiter {
  isEnabled: boolean;
  /** Counts one call; null where limits are switched off. */
  consume(name: LimitName | undefined, userId: string | null, address: string): Promise<LimitState | null>;
  close(): Promise<void>;
}

/**
 * Fixed windows, in process or, so that several processes count together, in Redis. While Redis is away each process
 * counts for itself: a cache server's failure must neither lock everyone out nor open the sign-in to guessing.
 */
export function createRateLimiter(options: { isEnabled: boolean; redisUrl?: string }): RateLimiter {
  if (!options.isEnabled) return { isEnabled: false, consume: async () => null, close: async () => {} };
  const redis = options.redisUrl === undefined ? null : connect(options.redisUrl);
  const limiters = new Map<LimitName, RateLimiterAbstract>();
  const steady = rememberResets();
  for (const [name, { points, seconds }] of Object.entries(limitPolicies)) {
    const settings = { points, duration: seconds, keyPrefix: `parley:limit:${name}` };
    const memory = new RateLimiterMemory(settings);
    limiters.set(
      name as LimitName,
      redis === null
        ? memory
        : new RateLimiterRedis({
            ...settings,
            storeClient: redis,
            insuranceLimiter: memory,
            rejectIfRedisNotReady: true,
          }),
    );
  }
  return {
    isEnabled: true,
    async consume(name, userId, address) {
      const bucket = limitBucket(name, userId, address);
      const limiter = limiters.get(bucket.name);
      return limiter === undefined ? null : count(limiter, bucket, steady);
    },
    async close() {
      redis?.disconnect();
    },
  };
}

interface Bucket {
  name: LimitName;
  key: string;
}

async function count(limiter: RateLimiterAbstract, bucket: Bucket, steady: SteadyReset): Promise<LimitState> {
  try {
    return toState(await limiter.consume(bucket.key), bucket, true, steady);
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return toState(reason, bucket, false, steady);
    throw reason;
  }
}

function toState(result: RateLimiterRes, bucket: Bucket, isAllowed: boolean, steady: SteadyReset): LimitState {
  const retryAfterSeconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  return {
    isAllowed,
    limit: limitPolicies[bucket.name].points,
    remaining: isAllowed ? Math.max(0, result.remainingPoints) : 0,
    resetSeconds: steady(bucket, Math.ceil((Date.now() + result.msBeforeNext) / 1000)),
    // Made only where it is needed: an error captures a stack.
    get refusal() {
      return new DomainError("rate_limited", "Too many requests; try again later", { retryAfterSeconds });
    },
  };
}

type SteadyReset = (bucket: Bucket, resetSeconds: number) => number;

const maxRememberedResets = 10_000;

/**
 * Limiters tell the end of a window as milliseconds from now, which wavers about a second's edge. Once told, a window's
 * end stays what it was; no window is so short that the next one's end could be taken for it.
 */
function rememberResets(): SteadyReset {
  const told = new Map<string, number>();
  return ({ name, key }, resetSeconds) => {
    const bucket = `${name} ${key}`;
    const before = told.get(bucket);
    if (before !== undefined && Math.abs(before - resetSeconds) <= 1) return before;
    told.delete(bucket);
    told.set(bucket, resetSeconds);
    const [oldest] = told.keys();
    if (told.size > maxRememberedResets && oldest !== undefined) told.delete(oldest);
    return resetSeconds;
  };
}

/** A Redis that hangs must not hang every call: after half a second the process counts for itself. */
const redisAnswerMilliseconds = 500;

function connect(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: redisAnswerMilliseconds,
  });
  // Without a listener an unreachable Redis would end the process; the insurance limiter has taken over already.
  redis.on("error", () => {});
  return redis;
}
