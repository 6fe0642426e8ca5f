import "server-only";
import { cookies } from "next/headers";
import { env } from "@/env";
import { ownPath } from "./own-path";

/** Where the sign-in that is under way was to lead, as next-auth remembers it; a path of our own. */
export async function signInDestination(): Promise<string | undefined> {
  const kept = (await cookies()).getAll().find(({ name }) => name.endsWith("next-auth.callback-url"));
  if (kept === undefined || !URL.canParse(kept.value, env().webUrl)) return undefined;
  const { pathname, search } = new URL(kept.value, env().webUrl);
  return ownPath(pathname + search);
}
