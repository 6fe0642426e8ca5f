import "server-only";
import type { NextAuthOptions, User } from "next-auth";
import { dependencies } from "@/server/dependencies";
import { authOptions } from "./options";
import { logger } from "./provider-failure";
import { finishProviderSignIn } from "./provider-sign-in";
import { oauthProvider, type ProviderProfile } from "./providers";

/** What the requests of a sign-in need beyond what reads the cookie: the providers that are configured. */
export async function providerOptions(): Promise<NextAuthOptions> {
  const [options, { identityProviders }] = await Promise.all([authOptions(), dependencies()]);
  return {
    ...options,
    logger,
    providers: [...options.providers, ...identityProviders.map(oauthProvider)],
    callbacks: {
      ...options.callbacks,
      signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        return finishProviderSignIn(user as User, account, profile as unknown as ProviderProfile);
      },
    },
  };
}
