import type { Actor } from "@parley/auth";
import { DomainError } from "../../errors";
import { accountGone } from "../../profile/service";
import { defaultBookingRules } from "./rules";
import type { SaveBookingRules, VersionedBookingRules } from "./schema";
import type { BookingRulesStore } from "./store";

export interface BookingRulesDependencies {
  bookingRules: BookingRulesStore;
}

/** How the caller may be booked; as everybody at first, who has not said otherwise. */
export async function getBookingRules(deps: BookingRulesDependencies, actor: Actor): Promise<VersionedBookingRules> {
  const rules = (await deps.bookingRules.find(actor.userId)) ?? { ...defaultBookingRules, version: 0 };
  return { ...rules, durationsMinutes: [...rules.durationsMinutes] };
}

/**
 * Replaces all rules of the caller. What is booked already stays booked.
 * @throws precondition_failed when `expectedVersion` is not the present one.
 */
export async function saveBookingRules(
  deps: BookingRulesDependencies,
  actor: Actor,
  { expectedVersion, ...input }: SaveBookingRules,
): Promise<VersionedBookingRules> {
  const rules = { ...input, durationsMinutes: input.durationsMinutes.toSorted((a, b) => a - b) };
  const result = await deps.bookingRules.save(actor.userId, rules, expectedVersion);
  switch (result.outcome) {
    case "saved":
      return { ...rules, version: result.version };
    case "changed":
      throw new DomainError("precondition_failed", "The booking rules have changed since they were read");
    case "gone":
      throw accountGone();
  }
}
