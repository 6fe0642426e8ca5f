import { appRouter } from "@parley/api";
import type { Surface } from "@parley/surface-kit";
import { planRoute, type RoutePlan } from "@parley/surface-kit/plan";

/** One documented operation: a route at one of its addresses. */
export interface Operation {
  /** `POST /v1/users/{id}/follow`, as the document spells it. */
  key: string;
  method: RoutePlan["route"]["method"];
  /** With `{parameters}`. */
  path: string;
  plan: RoutePlan;
}

export function operationsOf(surface: Surface): Operation[] {
  return surface.routes.flatMap((route) => {
    const plan = planRoute(surface, route, appRouter);
    return [route.path, ...(route.aliases ?? [])].map((address) => {
      const path = surface.basePath + address;
      return { key: `${route.method} ${path}`, method: route.method, path, plan };
    });
  });
}

export function needsToken({ plan }: Operation): boolean {
  return plan.facts.meta.access !== "public";
}

/** Refusals that come about alike on every route that documents them: `faults.test.ts` provokes them there. */
const everyRoutesCodes = new Set([
  "unauthorized",
  "malformed_request",
  "unsupported_media_type",
  "idempotency_mismatch",
  "idempotency_running",
  "rate_limited",
  "internal",
  "unavailable",
]);

/**
 * `POST /v1/users/{id}/follow 401` of every documented status that says nothing of its operation. A status that may
 * also stand for a refusal of the operation's own, such as a conflict, is not among them.
 */
export function everyRoutesStatuses(surface: Surface): string[] {
  return operationsOf(surface).flatMap(({ key, plan }) => {
    const own = new Set(plan.facts.meta.errors);
    return [...plan.refusals]
      .filter(([, codes]) => codes.every((code) => everyRoutesCodes.has(code) && !own.has(code)))
      .map(([status]) => `${key} ${status}`);
  });
}
