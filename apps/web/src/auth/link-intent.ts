import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "@/env";
import { dependencies } from "@/server/dependencies";

/**
 * That a sign-in at a provider is to link an account, and not to open one: said where it begins, by whoever is signed in
 * then, and held in a sealed cookie until it ends.
 */
const intent = z.object({ key: z.string(), sessionId: z.string(), until: z.number() });
export type LinkIntent = z.infer<typeof intent>;

const name = "parley.link-intent";
/** As long as next-auth remembers the state of a sign-in. */
const lifetimeSeconds = 15 * 60;

function attributes() {
  return { httpOnly: true, sameSite: "lax", path: "/api/auth", secure: env().webUrl.startsWith("https://") } as const;
}

export async function rememberLinkIntent(facts: Pick<LinkIntent, "key" | "sessionId">): Promise<void> {
  const { auth } = await dependencies();
  const until = Date.now() + lifetimeSeconds * 1_000;
  const sealed = auth.sealer.seal(JSON.stringify({ ...facts, until } satisfies LinkIntent));
  const value = Buffer.from(sealed).toString("base64url");
  (await cookies()).set(name, value, { ...attributes(), maxAge: lifetimeSeconds });
}

/** Null where a sign-in is just that. */
export async function readLinkIntent(): Promise<LinkIntent | null> {
  const value = (await cookies()).get(name)?.value;
  if (value === undefined) return null;
  const { auth } = await dependencies();
  try {
    const known = intent.parse(JSON.parse(auth.sealer.open(Buffer.from(value, "base64url"))));
    return known.until > Date.now() ? known : null;
  } catch {
    // Not one of ours: nothing that we said.
    return null;
  }
}

export async function forgetLinkIntent(): Promise<void> {
  (await cookies()).set(name, "", { ...attributes(), maxAge: 0 });
}
