import type { IdempotencyStore } from "./store";

export function idempotencyJobs({ idempotency }: { idempotency: IdempotencyStore }) {
  return { "idempotency.deleteStale": () => idempotency.deleteStale() };
}
