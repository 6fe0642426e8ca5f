import type { IdentityProblem } from "@parley/api/rules/identities/sign-in";
import type { ProviderFailure } from "./provider-failure";

/** `failed`: on our side; `too_many`: from one address. */
export type SignInProblem = IdentityProblem | ProviderFailure | "failed" | "too_many";

/** Where it is told in words why a sign-in at a provider came to nothing: on the page where it began. */
export function problemPage({
  problem,
  key,
  isLinking,
  next,
}: {
  problem: SignInProblem;
  /** Of the provider, where it is known. */
  key?: string;
  isLinking: boolean;
  /** Where a sign-in was to lead. */
  next?: string;
}): string {
  const query = new URLSearchParams({ problem });
  if (key !== undefined) query.set("provider", key);
  if (next !== undefined && !isLinking) query.set("next", next);
  return `${isLinking ? "/settings/linked-accounts" : "/sign-in"}?${query}`;
}
