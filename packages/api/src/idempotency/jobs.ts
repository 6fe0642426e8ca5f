import type { IdempotencyStore } from "./store";

export function idempotencyJobs({ idempotency }: { idempotency: IdempotencyStore }) {
  return { "idempotency.deleteExpired": () => idempotency.deleteExpired() };
}
