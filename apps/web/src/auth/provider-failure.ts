import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { dependencies } from "@/server/dependencies";

/** What kept a sign-in at a provider from its end, before it was known who it was. */
export type ProviderFailure = "cancelled" | "mismatch" | "unreachable";

const watched = new AsyncLocalStorage<{ error: Error | null }>();

/** next-auth keeps one logger for all requests, and tells the reason of a failure to it alone. */
export const logger = {
  error(code: string, metadata: Error | { error: Error }) {
    const error = metadata instanceof Error ? metadata : metadata.error;
    const watch = watched.getStore();
    if (watch) watch.error = error;
    // Its words alone: what hangs on it may hold tokens.
    void dependencies().then(({ log }) => log.warn({ code, reason: error.message }, "next-auth could not go on"));
  },
};

/** Runs a request of next-auth's. @returns what it answers, and the reason where it failed on the way */
export async function watchFailure<Answer>(run: () => Promise<Answer>): Promise<[Answer, Error | null]> {
  const watch = { error: null };
  const answer = await watched.run(watch, run);
  return [answer, watch.error];
}

/** @param error what the provider sends back in the address, where it does */
export function providerFailure(error: string | null, reason: Error | null): ProviderFailure {
  // Source: RFC 6749, section 4.1.2.1.
  if (error === "access_denied") return "cancelled";
  const isMismatch = /\b(?:state|nonce|pkce|code_verifier|cookie)\b/i.test(reason?.message ?? "");
  return isMismatch ? "mismatch" : "unreachable";
}
