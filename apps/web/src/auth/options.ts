import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/env";
import { clientOf } from "@/server/client";
import { dependencies } from "@/server/dependencies";
import { procedures } from "@/server/procedures";

/** Sessions live as long as their row; the cookie may not outlive it by much. */
const maxAgeSeconds = 30 * 24 * 60 * 60;

/**
 * next-auth keeps the cookie; who may sign in, and for how long, is the account service's to say. The cookie holds
 * two ids: nothing that could be shown stale, and nothing that a leak would tell.
 */
export async function authOptions(): Promise<NextAuthOptions> {
  const deps = await dependencies();
  return {
    secret: deps.auth.webSessionSecret,
    session: { strategy: "jwt", maxAge: maxAgeSeconds },
    useSecureCookies: env().webUrl.startsWith("https://"),
    pages: { signIn: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const { createCaller, toFailure } = await procedures();
          const caller = createCaller({
            actor: null,
            client: clientOf(new Headers(request.headers as Record<string, string>)),
            requestId: crypto.randomUUID(),
            deps,
          });
          const { email = "", password = "" } = credentials ?? {};
          try {
            const { accessToken } = await caller.account.signIn({ email, password });
            const known = await deps.auth.authenticate(`Bearer ${accessToken}`);
            if (known.kind !== "authenticated" || known.actor.sessionId === null) return null;
            return { id: known.actor.userId, sessionId: known.actor.sessionId };
          } catch (error) {
            // The code is all that the form needs; next-auth carries it in its answer.
            throw new Error(toFailure(error).code);
          }
        },
      }),
    ],
    events: {
      // The cookie is forgotten by this browser alone; the row is what every other place asks.
      async signOut({ token }) {
        const actor = await deps.auth.resume(token.sid);
        if (actor === null) return;
        const { createCaller } = await procedures();
        const caller = createCaller({ actor, client: null, requestId: crypto.randomUUID(), deps });
        await caller.account.endSession({ id: actor.sessionId });
      },
    },
    callbacks: {
      jwt({ token, user }) {
        if (user) return { sub: user.id, sid: user.sessionId };
        return token;
      },
      session({ session, token }) {
        return { expires: session.expires, userId: token.sub ?? "", sessionId: token.sid };
      },
    },
  };
}

declare module "next-auth" {
  interface User {
    id: string;
    sessionId: string;
  }
  interface Session {
    userId: string;
    sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sid: string;
  }
}
