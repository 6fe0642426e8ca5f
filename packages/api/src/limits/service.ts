import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
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
  /** Counts one call; null where limits are switched off. */
  consume(name: LimitName | undefined, userId: string | null, address: string): Promise<LimitState | null>;
  close(): Promise<void>;
}

/**
 * Fixed windows, in process or, so that several processes count together, in Redis. While Redis is away each process
 * counts for itself: a cache server's failure must neither lock everyone out nor open the sign-in to guessing.
 */
export function createRateLimiter(options: { isEnabled: boolean; redisUrl?: string }): RateLimiter {
  if (!options.isEnabled) return { consume: async () => null, close: async () => {} };
  const redis = options.redisUrl === undefined ? null : connect(options.redisUrl);
  const limiters = new Map<LimitName, RateLimiterAbstract>();
  for (const [name, { points, seconds }] of Object.entries(limitPolicies)) {
    const settings = { points, duration: seconds, keyPrefix: `parley:limit:${name}` };
    const memory = new RateLimiterMemory(settings);
    limiters.set(
      name as LimitName,
      redis === null ? memory : new RateLimiterRedis({ ...settings, storeClient: redis, insuranceLimiter: memory, rejectIfRedisNotReady: true }),
    );
  }
  return {
    async consume(name, userId, address) {
      const bucket = limitBucket(name, userId, address);
      const limiter = limiters.get(bucket.name);
      return limiter === undefined ? null : count(limiter, bucket);
    },
    async close() {
      redis?.disconnect();
    },
  };
}

async function count(limiter: RateLimiterAbstract, bucket: { name: LimitName; key: string }): Promise<LimitState> {
  try {
    return toState(await limiter.consume(bucket.key), bucket.name, true);
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return toState(reason, bucket.name, false);
    throw reason;
  }
}

function toState(result: RateLimiterRes, name: LimitName, isAllowed: boolean): LimitState {
  const retryAfterSeconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  return {
    isAllowed,
    limit: limitPolicies[name].points,
    remaining: isAllowed ? Math.max(0, result.remainingPoints) : 0,
    resetSeconds: Math.ceil((Date.now() + result.msBeforeNext) / 1000),
    get refusal() {
      return new DomainError("rate_limited", "Too many requests; try again later", { retryAfterSeconds });
    },
  };
}

function connect(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  // Without a listener an unreachable Redis would end the process; the insurance limiter has taken over already.
  redis.on("error", () => {});
  return redis;
}
