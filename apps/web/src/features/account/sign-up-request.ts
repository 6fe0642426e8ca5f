import { registerInput } from "@parley/api/schema/account";
import { displayName } from "@parley/api/schema/profile";
import type { z } from "zod";
import { client } from "@/trpc/client";
import { signIn } from "./sign-in";

export const schema = registerInput.extend({ displayName });

/** Makes an account. @returns whether this browser is signed in to it; the account is made, whatever kept it from that */
export async function signUp(typed: z.output<typeof schema>): Promise<boolean> {
  const { refreshToken } = await client.account.register.mutate(typed);
  const refusal = await signIn(typed);
  // Registering has opened a session for whoever holds tokens; this browser has one of its own now.
  await client.account.signOut.mutate({ refreshToken }).catch(() => {});
  return refusal === null;
}
