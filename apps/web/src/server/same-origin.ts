import "server-only";
import { env } from "@/env";

/** True where a page of ours sent the request. Browsers name the origin of every request that changes something. */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  // Sandboxed pages, and those that hide where they are, send "null".
  if (!URL.canParse(origin)) return false;
  return origin === new URL(env().webUrl).origin || new URL(origin).host === headers.get("host");
}
