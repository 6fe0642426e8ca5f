import "server-only";
import { clientOf } from "@/server/client";
import { dependencies } from "@/server/dependencies";

/** Counts a step towards a provider. @returns false where there have been too many from this address */
export async function maySetOut(headers: Headers): Promise<boolean> {
  const { limits } = await dependencies();
  const state = await limits.consume("providerSignIn", null, clientOf(headers).address);
  return state?.isAllowed ?? true;
}
