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
      const native = address === "/" ? surface.basePath : surface.basePath + address;
      const path = plan.pathFields.reduce(
        (text, { native: name, wire }) => text.replace(`{${name}}`, `{${wire}}`),
        native,
      );
      return { key: `${route.method} ${path}`, method: route.method, path, plan };
    });
  });
}

/** Whether somebody must be known. */
export function needsToken({ plan }: Operation): boolean {
  return plan.facts.meta.access !== "public";
}

/** Refusals that come about alike on every route that documents them. */
const everyRoutesCodes = new Set([
  "unauthorized",
  "forbidden",
  "malformed_request",
  "unsupported_media_type",
  "idempotency_mismatch",
  "idempotency_running",
  "rate_limited",
  "internal",
  "unavailable",
]);

/**
 * Which test beside a surface's contracts provokes which statuses, on every route that has them for such reasons: 403 is
 * provoked on every surface by one test beside their folders.
 */
export const provokedIn = {
  "bodies.test.ts": ({ plan }: Operation) => (plan.body === "none" ? [] : [400, 415]),
  "faults.test.ts": ({ plan }: Operation) => (plan.body === "none" ? [400, 401] : [401]),
  "idempotency.test.ts": () => [409, 422],
  "limits.test.ts": () => [429],
  "outages.test.ts": () => [500, 503],
  "credentials.test.ts": () => [403],
} satisfies Record<string, (operation: Operation) => number[]>;

/**
 * `POST /v1/users/{id}/follow 401` of every documented status that says nothing of its operation, by the test that
 * provokes it, or of all of them. A status that may also stand for a refusal of the operation's own, such as a
 * conflict or a wrong role, is not among them.
 */
export function everyRoutesStatuses(
  surface: Surface,
  tests: readonly (keyof typeof provokedIn)[] = Object.keys(provokedIn) as (keyof typeof provokedIn)[],
): string[] {
  return operationsOf(surface).flatMap((operation) => {
    const { key, plan } = operation;
    const provoked = new Set<number>(tests.flatMap((test) => provokedIn[test](operation)));
    const { errors = [], access } = plan.facts.meta;
    const own = new Set([...errors, ...(typeof access === "object" ? ["forbidden"] : [])]);
    return [...plan.refusals]
      .filter(([, codes]) => codes.every((code) => everyRoutesCodes.has(code) && !own.has(code)))
      .filter(([status]) => provoked.has(status))
      .map(([status]) => `${key} ${status}`);
  });
}
