import type { Actor } from "@parley/auth";
import type { Client } from "../../context";
import { DomainError, notFound } from "../../errors";
import { addressBlock } from "../../limits/rules";
import { findPlace, type PlaceDependencies, placeRefused } from "../places/service";
import { maxLiveHolds } from "../rules";
import type { Place } from "../schema";
import type { Hold } from "./schema";
import type { Holder, HoldStore } from "./store";

export interface HoldDependencies extends PlaceDependencies {
  holds: HoldStore;
}

/**
 * Keeps a place for five minutes, for somebody who may be unknown yet.
 * @throws validation_error, not_found; conflict where it is not open; rate_limited where the caller keeps too many.
 */
export async function holdPlace(
  deps: HoldDependencies,
  actor: Actor | null,
  client: Client | null,
  input: Place,
): Promise<Hold> {
  const place = await findPlace(deps, actor, input);
  const holder: Holder = actor === null ? { address: addressBlock(client?.address ?? "") } : { userId: actor.userId };
  const result = await deps.holds.hold(place, holder, deps.clock());
  switch (result.outcome) {
    case "taken":
      return {
        id: result.id,
        start: place.start.toISOString(),
        end: place.end.toISOString(),
        expiresAt: result.expiresAt.toISOString(),
      };
    case "too_many":
      throw new DomainError("rate_limited", `At most ${maxLiveHolds} places can be kept at a time`, {
        retryAfterSeconds: result.retryAfterSeconds,
      });
    default:
      throw await placeRefused(deps, place, result);
  }
}

/** @throws not_found where it has run out, was never there, or is another's. */
export async function releaseHold(deps: HoldDependencies, actor: Actor | null, input: { id: string }): Promise<void> {
  if (!(await deps.holds.release(actor?.userId ?? null, input.id, deps.clock()))) throw notFound("Hold");
}
