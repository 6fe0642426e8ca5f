import type { Surface } from "@parley/surface-kit";
import type { CallOptions } from "./calls";
import type { Operation } from "./operations";
import { pngOf } from "./picture";

/** Nobody's. */
const uuid = "01900000-0000-7000-8000-000000000000";

/** By surface and operation, a body that is in order as far as the request itself goes. Of others an empty one is. */
const bodies: Record<string, CallOptions> = {
  "api-v1 POST /api/v1/users/me/devices": { json: { token: "device of everybody", platform: "ios" } },
  "api-user POST /api/user/avatar/from-url": { json: { url: "https://127.0.0.1/me.png" } },
  "api-user POST /api/user/change-email/request": { json: { newEmail: "everybody@example.test" } },
  "api-user POST /api/user/delete": { json: { username: "nobody-at-all", email: "nobody@example.test" } },
  "api-user POST /api/user/identities/verify": { json: { instanceName: "social.example", provider: "mastodon" } },
  "api-user POST /api/user/organizations": { json: { name: "Everybody" } },
  "api-user POST /api/messages": { json: { content: "Good day" } },
  "api-v1 PUT /api/v1/admin/users/{user_id}/subscription": {
    json: { plan_name: "Premium", term_months: 1, max_devices: 10 },
  },
};

/** By surface and operation, the query without which it cannot be carried out. */
const queries: Record<string, string> = { "api-user DELETE /api/user/identities": "?provider=github" };

/** A request to an operation of another surface than /v1: its address, with somebody's id where it wants one, and body. */
export function requestOn(surface: Surface, { key, plan }: Operation): CallOptions & { route: string } {
  const route = key.replace(/\{\w+\}/g, uuid) + (queries[`${surface.name} ${key}`] ?? "");
  if (plan.body === "none") return { route };
  const body = bodies[`${surface.name} ${key}`];
  if (body !== undefined) return { route, ...body };
  if (typeof plan.body !== "object") return { route, json: {} };
  const [name = ""] = Object.keys(plan.body.files);
  return { route, form: [{ name, fileName: "a.png", type: "image/png", bytes: pngOf([1, 2, 3]) }] };
}

/** The same request with another text in its first member, or another picture; null where it has neither. */
export function anotherOf({ json, form }: CallOptions): CallOptions | null {
  if (form !== undefined)
    return { form: form.map((part) => ("bytes" in part ? { ...part, bytes: pngOf([9, 9, 9]) } : part)) };
  const first = Object.entries(json ?? {}).find((member): member is [string, string] => typeof member[1] === "string");
  return first === undefined ? null : { json: { ...(json as object), [first[0]]: `${first[1]}x` } };
}
