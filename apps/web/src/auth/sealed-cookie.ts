import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "@/env";
import { dependencies } from "@/server/dependencies";

/** As long as next-auth remembers the state of a sign-in. */
const lifetimeSeconds = 15 * 60;

function attributes() {
  return { httpOnly: true, sameSite: "lax", path: "/api/auth", secure: env().webUrl.startsWith("https://") } as const;
}

/** What a browser carries for us from the beginning of a sign-in at a provider to its end, and can neither read nor change. */
export function sealedCookie<Facts extends z.ZodRawShape>(name: string, facts: Facts) {
  const kept = z.object({ facts: z.object(facts), until: z.number() });
  type Kept = z.infer<typeof kept>;
  return {
    async remember(known: Kept["facts"]): Promise<void> {
      const { auth } = await dependencies();
      const until = Date.now() + lifetimeSeconds * 1_000;
      const sealed = auth.sealer.seal(JSON.stringify({ facts: known, until }));
      const value = Buffer.from(sealed).toString("base64url");
      (await cookies()).set(name, value, { ...attributes(), maxAge: lifetimeSeconds });
    },

    /** Null where there is none, or it is not one of ours, or too old. */
    async read(): Promise<Kept["facts"] | null> {
      const value = (await cookies()).get(name)?.value;
      if (value === undefined) return null;
      const { auth } = await dependencies();
      try {
        const known = kept.parse(JSON.parse(auth.sealer.open(Buffer.from(value, "base64url"))));
        return known.until > Date.now() ? known.facts : null;
      } catch {
        return null;
      }
    },

    async forget(): Promise<void> {
      (await cookies()).set(name, "", { ...attributes(), maxAge: 0 });
    },
  };
}
