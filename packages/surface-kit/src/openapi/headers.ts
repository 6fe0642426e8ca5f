import type { JsonSchema } from "../dialect";

const integer: JsonSchema = { type: "integer" };
const text: JsonSchema = { type: "string" };

/** Headers that answers carry, for `#/components/headers`. */
export const headers = {
  RequestId: {
    description: "Names this request in logs: the caller's own X-Request-Id where it was well formed.",
    schema: text,
  },
  RateLimitLimit: { description: "Requests that the present window allows.", schema: integer },
  RateLimitRemaining: { description: "Requests that are left in the present window.", schema: integer },
  RateLimitReset: { description: "Unix seconds at which the window ends.", schema: integer },
  ETag: { description: "A strong validator of this state.", schema: text },
  Location: { description: "Where the resource is now.", schema: { type: "string", format: "uri-reference" } },
  RetryAfter: { description: "Seconds to wait before another attempt.", schema: integer },
  WWWAuthenticate: { description: "How to authenticate, and what was wrong with the token sent.", schema: text },
  Link: { description: "The first, previous, next and last page (RFC 8288).", schema: text },
} as const;

export type HeaderName = keyof typeof headers;

const wireNames: Record<HeaderName, string> = {
  RequestId: "X-Request-Id",
  RateLimitLimit: "X-RateLimit-Limit",
  RateLimitRemaining: "X-RateLimit-Remaining",
  RateLimitReset: "X-RateLimit-Reset",
  ETag: "ETag",
  Location: "Location",
  RetryAfter: "Retry-After",
  WWWAuthenticate: "WWW-Authenticate",
  Link: "Link",
};

const always: readonly HeaderName[] = ["RequestId", "RateLimitLimit", "RateLimitRemaining", "RateLimitReset"];

/** References to the headers that every answer carries, and to those named. */
export function headerRefs(...more: HeaderName[]): JsonSchema {
  return Object.fromEntries(
    [...always, ...more].map((name) => [wireNames[name], { $ref: `#/components/headers/${name}` }]),
  );
}
