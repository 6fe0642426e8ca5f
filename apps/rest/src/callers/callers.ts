import type { Dependencies } from "@parley/api/dependencies";
import { type DomainError, forbidden } from "@parley/api/errors";
import type { Authentication } from "@parley/auth";
import type { RequestFacts } from "@parley/surface-kit/context";
import { createOwnPages } from "./own-pages";
import { readCookie, sessionCookieName } from "./session-cookie";

export interface Caller {
  authentication: Authentication;
  /** Why a guarded route must not hear the caller, whoever they are. */
  refusal?: DomainError;
}

const nobody: Caller = { authentication: { kind: "anonymous" } };
const safeMethods = new Set(["GET", "HEAD"]);

/**
 * Tells who calls, by the ways that a route takes: `bearer`, an access token or API token; `session`, the cookie of the
 * web app, but only from pages of our own. A token speaks for itself, and the cookie beside it is not looked at.
 */
export function createCallers(deps: Dependencies, { webUrl, apiUrl }: { webUrl: string; apiUrl: string }) {
  const cookieName = sessionCookieName(webUrl);
  const isFromOwnPage = createOwnPages([webUrl, apiUrl]);

  return async function identify(facts: RequestFacts): Promise<Caller> {
    if (facts.auth.includes("bearer")) {
      const authentication = await deps.auth.authenticate(facts.authorization);
      if (authentication.kind !== "anonymous" || !facts.auth.includes("session")) return { authentication };
    }
    if (!facts.auth.includes("session")) return nobody;
    const sealed = readCookie(facts.header("cookie"), cookieName);
    if (sealed === null) return nobody;
    if (isFromOwnPage(facts)) return { authentication: await deps.auth.authenticateWebSession(sealed) };
    return safeMethods.has(facts.method) ? nobody : { ...nobody, refusal: foreign() };
  };
}

function foreign(): DomainError {
  return forbidden("A page of another site sent this request; the session of the web app is for its own pages");
}
