import type { Actor, Auth } from "@parley/auth";
import { forbidden, invalid } from "../../errors";
import { accountGone } from "../../profile/service";
import { isFreshSignIn } from "./rules";
import type { OwnerFacts, OwnershipStore } from "./store";

export interface OwnershipDependencies {
  auth: Pick<Auth, "passwords">;
  ownership: OwnershipStore;
  clock(): Date;
}

/**
 * Makes sure that the account's owner asks, and not somebody at a browser that was left signed in, or with an API
 * token that was left lying about: for a token only the password will do.
 * @throws validation_error naming `password` when it is wrong; forbidden where none is given and the sign-in is old.
 */
export async function requireOwner(
  deps: OwnershipDependencies,
  actor: Actor,
  password: string | undefined,
): Promise<OwnerFacts> {
  const owner = await deps.ownership.find(actor.userId, actor.sessionId);
  if (owner === null) throw accountGone();
  if (password !== undefined) {
    if (!(await deps.auth.passwords.verify(password, owner.passwordHash))) throw invalid({ password: "is wrong" });
  } else if (owner.signedInAt === null || !isFreshSignIn(owner.signedInAt, deps.clock())) {
    throw forbidden("Give your password, or sign in again, to do this");
  }
  return owner;
}
