import type { FastifyRequest } from "fastify";
import type { Answer } from "./answer";
import { fingerprint, type IdempotencyStore, type IdempotentRequest, idempotencyKey } from "./idempotency";
import { Refusal } from "./refusal";

/** What a request's idempotency key means for it: nothing, that it must leave its answer, or that there is one. */
export type Claim =
  | { state: "none" }
  | { state: "held"; request: IdempotentRequest }
  | { state: "replay"; answer: Answer };

/** @throws Refusal where the key is malformed, came with another input, or is held by a request that still runs. */
export async function claimKey(
  store: IdempotencyStore,
  { headers, method, url }: FastifyRequest,
  caller: string,
  native: unknown,
): Promise<Claim> {
  const key = idempotencyKey(headers);
  if (key === null) return { state: "none" };
  const request = { scope: `${caller} ${method} ${url.split("?")[0]}`, key };
  const begun = await store.begin({ ...request, fingerprint: await fingerprint(native) });
  switch (begun.state) {
    case "fresh":
      return { state: "held", request };
    case "replay": {
      const { status, headers: kept, body } = begun;
      const replayed = { ...kept, "idempotency-replayed": "true" };
      return { state: "replay", answer: { status, headers: replayed, body: status === 204 ? null : body, etag: null } };
    }
    case "mismatch":
      throw new Refusal("idempotency_mismatch", "This Idempotency-Key came with another request before");
    case "running":
      throw new Refusal("idempotency_running", "A request with this Idempotency-Key is still running");
  }
}

/**
 * Keeps the first answer for those who ask again; a failure of ours is not worth keeping. A store that fails now must
 * not take the answer from the caller, whose request has been carried out.
 */
export async function settleClaim(
  store: IdempotencyStore,
  held: IdempotentRequest,
  { status, headers, body }: Answer,
  onFailure: (error: unknown) => void,
): Promise<void> {
  try {
    if (status >= 500) await store.abandon(held);
    else await store.complete(held, { status, headers, body: String(body ?? "") });
  } catch (error) {
    onFailure(error);
  }
}
