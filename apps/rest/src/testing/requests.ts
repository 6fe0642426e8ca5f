import type { CallOptions } from "./calls";
import { needsToken, type Operation } from "./operations";
import { pngOf } from "./picture";

/** So near to now that it may have hours of its own. */
const someDate = new Date().toISOString().slice(0, 10);

/** Nobody's, at a time that is to come. */
const somePlace = (n: number) => ({
  host_username: "nobody-at-all",
  start: new Date(Date.now() + n * 60 * 60_000).toISOString(),
  duration_minutes: 30,
});

/** A ULID that is well formed, and nobody's. */
export const nobody = "01H455VB4PEX5VSKNK084SN02Q";

/**
 * By route of /v1: a body that its operation can be carried out with, as far as the request itself goes. Each `n` makes
 * another one.
 */
const bodies: Record<string, (n: number) => CallOptions> = {
  "POST /auth/register": (n) => ({ json: { email: `new${n}@example.test`, password, display_name: "Jane Smith" } }),
  "POST /auth/login": (n) => ({ json: { email: `nobody${n}@example.test`, password } }),
  "POST /auth/refresh": (n) => ({ json: { refresh_token: `rt_nobodys${n}` } }),
  "POST /auth/logout": (n) => ({ json: { refresh_token: `rt_nobodys${n}` } }),
  "POST /auth/verify-email": (n) => ({ json: { token: `et_nobodys${n}` } }),
  "POST /auth/password/reset": (n) => ({ json: { email: `nobody${n}@example.test` } }),
  "POST /auth/password/reset/confirm": (n) => ({ json: { token: `pt_nobodys${n}`, password } }),
  "PUT /users/me": (n) => ({ json: { display_name: `Jane ${n}`, bio: `Number ${n}`, username: `jane-${n}` } }),
  "PUT /users/me/avatar": (n) => ({
    form: [{ name: "avatar", fileName: "a.png", type: "image/png", bytes: pngOf([n % 256, 0, 0]) }],
  }),
  "POST /users/me/age-verification": (n) => ({
    form: [
      { name: "birth_date", value: `19${String(10 + (n % 80))}-05-15` },
      { name: "document", fileName: "a.pdf", type: "application/pdf", bytes: Buffer.from("%PDF-1.7\n") },
    ],
  }),
  "POST /users/me/become-host": (n) => ({
    json: { username: `host-${n}`, bio: "Listens", rate_per_minute: "2.50", window_size_minutes: 10 },
  }),
  "PUT /users/me/rate": (n) => ({ json: { rate_per_minute: `${1 + (n % 900)}.00` } }),
  "PUT /users/me/toggle-available": (n) => ({ json: { is_available: n % 2 === 0 } }),
  "PUT /users/me/availability": (n) => ({
    json: { slots: [{ day_of_week: n % 7, start_time: "09:00", end_time: "17:00" }] },
  }),
  "PUT /users/me/schedule": (n) => ({
    json: { timezone: "Europe/Berlin", slots: [{ day_of_week: n % 7, start_time: "09:00", end_time: "17:00" }] },
  }),
  "PUT /users/me/schedule/overrides": () => ({
    json: { from: someDate, to: someDate, slots: [{ start_time: "09:00", end_time: "17:00" }] },
  }),
  "PUT /users/me/schedule/overrides/{date}": () => ({ json: { slots: [{ start_time: "09:00", end_time: "17:00" }] } }),
  "PUT /users/me/booking-rules": (n) => ({
    json: {
      ...{ durations_minutes: [15, 60], step_minutes: 15, buffer_before_minutes: 0, buffer_after_minutes: 5 },
      ...{ minimum_notice_minutes: 60, window_days: 1 + (n % 365), max_per_day: null, requires_consent: false },
    },
  }),
  "POST /schedule/holds": (n) => ({ json: somePlace(n) }),
  "POST /schedule/bookings": (n) => ({ json: { ...somePlace(n), note: `Number ${n}`, timezone: "Europe/Berlin" } }),
  "POST /schedule/bookings/{id}/decline": (n) => ({ json: { reason: `Ill for ${n} days` } }),
  "POST /schedule/bookings/{id}/cancel": (n) => ({ json: { reason: `Ill for ${n} days` } }),
  "POST /schedule/bookings/{id}/reschedule": (n) => ({ json: { start: somePlace(n).start } }),
  // Read at once, but for an address that is none of the internet's.
  "POST /users/me/external-calendars": (n) => ({ json: { name: `Work ${n}`, url: `https://127.0.0.1/${n}.ics` } }),
  "POST /users/me/devices": (n) => ({ json: { token: `device ${n}`, platform: "ios" } }),
  "POST /admin/age-verifications/{id}/reject": (n) => ({ json: { reason: `Unreadable ${n}` } }),
};

/** By route of /v1: the query without which its operation cannot be carried out. */
const queries: Record<string, string> = {
  "GET /users/{username}/openings": `from=${someDate}T00:00:00Z&to=${someDate}T12:00:00Z&duration_minutes=30`,
  "GET /schedule/free-hosts": `from=${someDate}T00:00:00Z&to=${someDate}T12:00:00Z&duration_minutes=30`,
  "GET /users/me/schedule/overrides": `from=${someDate}&to=${someDate}`,
};

const password = "correct horse battery";
let count = 0;

/** Body and content type of a request that is in order; another one each time. @throws for a body it knows nothing of. */
export function someBody({ key, plan }: Operation): CallOptions {
  if (plan.body === "none") return {};
  const body = bodies[`${plan.route.method} ${plan.route.path}`];
  if (body === undefined) throw new Error(`testing/requests.ts has no body for ${key}`);
  count += 1;
  return body(count);
}

/** The names of the members that may be text, on the wire, with the path to where each stands. */
export function textMembers(operation: Operation): (readonly string[])[] {
  const { json } = someBody(operation);
  const found: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    if (typeof value === "string") found.push(path);
    else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) walk(member, [...path, key]);
    }
  };
  walk(json, []);
  return found;
}

/** The same operation with the query that it cannot do without. */
export function withQuery(operation: Operation): Operation {
  const query = queries[`${operation.plan.route.method} ${operation.plan.route.path}`];
  return query === undefined ? operation : { ...operation, key: `${operation.key}?${query}` };
}

/** What may stand in the place of a parameter that is no id. */
const parameters: Record<string, string> = { date: someDate, party: "caller" };

/**
 * `POST /v1/users/01J…/follow`: the operation's method and address with a value in each parameter's place; the usual
 * one is in order, and nobody's.
 */
export function routeTo({ key }: Pick<Operation, "key">, parameter?: string): string {
  return key.replace(/\{(\w+)\}/g, (_, name) => parameter ?? parameters[name] ?? nobody);
}

/** The role that the operation asks for; null where nobody needs to be signed in. */
export function roleFor(operation: Operation) {
  const { access } = operation.plan.facts.meta;
  if (!needsToken(operation)) return null;
  const role = typeof access === "object" ? access.roles[0] : "user";
  if (role !== "user" && role !== "host" && role !== "admin") throw new Error(`who calls as ${role}?`);
  return role;
}
