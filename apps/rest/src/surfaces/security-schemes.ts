import type { SecurityScheme } from "@parley/surface-kit/ways";

/** How callers may prove who they are; a surface names those that it takes. */
export const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description:
      "An access token from signing in (a JWT, signed with RS256, valid for 15 minutes), or a personal API token " +
      "(`il_tok_…`, made in the settings of the web app), which is good for the scopes that it was made with.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description:
      "The session cookie of the web app, named `__Secure-next-auth.session-token` over https. It counts in requests " +
      "from the web app's own pages alone: what changes something must name their origin.",
  },
} as const satisfies Record<string, SecurityScheme>;
