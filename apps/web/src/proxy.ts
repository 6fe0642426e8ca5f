import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/env";

/** What the REST app answers on this origin too, so that pages can call it with the cookie that it takes from them. */
const passedOn = /^\/api\/(?:user|messages)(?:\/|$)/;

/** A nonce a request: no script runs that this server did not write into this very page. */
export function proxy(request: NextRequest): NextResponse {
  // At run time, since a build has no environment that could tell where the API is.
  if (passedOn.test(request.nextUrl.pathname)) {
    return NextResponse.rewrite(new URL(request.nextUrl.pathname + request.nextUrl.search, env().apiUrl));
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, new URL(env().assetsUrl).origin);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // What a layout is not told: which of its pages was asked for.
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  if (env().webUrl.startsWith("https://"))
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  return response;
}

function contentSecurityPolicy(nonce: string, assets: string): string {
  const isDevelopment = env().isDevelopment;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Positions and sizes are set in style attributes, which take no nonce.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${assets}`,
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = {
  // Documents of age verifications have a stricter policy of their own, which this one would replace.
  matcher: [{ source: "/((?!_next/static/|_next/image|favicon\\.ico$|icon\\.svg$|admin/age-verifications/).*)" }],
};
