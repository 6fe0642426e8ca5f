import "server-only";
import type { Client } from "@parley/api/context";

/** Where a browser's request comes from. Next puts the peer's address in `x-forwarded-for`. */
export function clientOf(headers: Headers): Client {
  return {
    address: headers.get("x-forwarded-for")?.split(",")[0]?.trim() || "unknown",
    userAgent: headers.get("user-agent"),
    isBrowser: true,
  };
}
