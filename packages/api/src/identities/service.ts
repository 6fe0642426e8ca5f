import type { Actor, Auth } from "@parley/auth";
import type { IdentityProvider } from "@parley/identity-providers";
import { conflict, DomainError, invalid, notFound } from "../errors";
import {
  type Identity,
  type IdentityInput,
  type OfferedProvider,
  type ProviderTokens,
  providerTokens,
  shownProfile,
} from "./schema";
import type { IdentityStore, SealedIdentity, StoredIdentity } from "./store";

export interface IdentityDependencies {
  auth: Pick<Auth, "sealer">;
  identities: IdentityStore;
  /** Those that are configured. */
  identityProviders: readonly IdentityProvider[];
  /** Why a provider did not tell, in words that follow its name; null for any other error. */
  identityProviderProblem(error: unknown): { isRefusal: boolean; message: string } | null;
  clock(): Date;
}

/** The providers with which people may sign in, in the order in which they are offered. */
export function listProviders(deps: Pick<IdentityDependencies, "identityProviders">): OfferedProvider[] {
  return deps.identityProviders.map(({ provider, instanceName, name, key }) => {
    return { provider, instanceName: instanceName || null, name, key };
  });
}

export async function listIdentities(deps: IdentityDependencies, actor: Actor): Promise<Identity[]> {
  return (await deps.identities.list(actor.userId)).map(toIdentity);
}

/** @throws not_found; conflict where it is the last way to sign in; validation_error naming `instanceName`. */
export async function removeIdentity(deps: IdentityDependencies, actor: Actor, input: IdentityInput): Promise<void> {
  const { id } = await findIdentity(deps, actor, input);
  const result = await deps.identities.remove(actor.userId, id, deps.identityProviders);
  if (result === "absent") throw notFound("Linked account");
  if (result === "last") {
    throw conflict("This is your only way to sign in; set a password first, or link another account", {
      provider: "is the only way to sign in",
    });
  }
}

/**
 * Asks the provider again, with what the last sign-in there left us.
 * @throws not_found; validation_error where the provider accepts the connection no more, or is not configured any more;
 * unavailable where it cannot be reached.
 */
export async function verifyIdentity(
  deps: IdentityDependencies,
  actor: Actor,
  input: IdentityInput,
): Promise<Identity> {
  const known = await findIdentity(deps, actor, input);
  const source = deps.identityProviders.find(
    ({ provider, instanceName }) => provider === known.provider && instanceName === known.instanceName,
  );
  if (source === undefined) throw notAccepted("This provider is not connected to Parley any more");
  try {
    if (known.sealedTokens === null) throw notAccepted(`${source.name} has to be linked again`);
    const left = providerTokens.parse(JSON.parse(deps.auth.sealer.open(known.sealedTokens)));
    const { tokens, ...answer } = await source.askAgain(left, deps.clock());
    const profile = shownProfile.parse(answer.profile);
    if (profile.subject !== known.subject) throw notAccepted(`This is another account at ${source.name} now`);
    const facts = { profile, sealedTokens: sealTokens(deps, tokens), now: deps.clock() };
    const renewed = await deps.identities.renew(actor.userId, known.id, facts);
    if (renewed === null) throw notFound("Linked account");
    return toIdentity(renewed);
  } catch (error) {
    const problem = deps.identityProviderProblem(error);
    if (problem === null) throw error;
    if (!problem.isRefusal) {
      throw new DomainError("unavailable", `${source.name} ${problem.message}; try again shortly`, { cause: error });
    }
    // A refresh token may serve once: who asks twice at the same time is answered by the first.
    const [present] = await deps.identities.find(actor.userId, known);
    if (present && isLater(present, known)) return toIdentity(present);
    throw notAccepted(`${source.name} ${problem.message}; link it again`);
  }
}

/** Tokens as they rest beside an identity. */
export function sealTokens(deps: Pick<IdentityDependencies, "auth">, tokens: ProviderTokens): Uint8Array {
  return deps.auth.sealer.seal(JSON.stringify(tokens));
}

async function findIdentity(deps: IdentityDependencies, actor: Actor, input: IdentityInput): Promise<SealedIdentity> {
  const [identity, another] = await deps.identities.find(actor.userId, input);
  if (another !== undefined) throw invalid({ instanceName: "is needed: you have linked several" });
  if (identity === undefined) throw notFound("Linked account");
  return identity;
}

function isLater(present: StoredIdentity, known: StoredIdentity): boolean {
  return (
    present.lastVerifiedAt !== null && (known.lastVerifiedAt === null || present.lastVerifiedAt > known.lastVerifiedAt)
  );
}

/** Source: inventory I7, which answers 400 here. */
function notAccepted(message: string): DomainError {
  return new DomainError("validation_error", message, { details: { provider: "has to be linked again" } });
}

export function toIdentity({ instanceName, createdAt, lastVerifiedAt, ...row }: StoredIdentity): Identity {
  const { id, provider, providerUsername, email, profileUrl, avatarUrl } = row;
  return {
    ...{ id, provider, providerUsername, email, profileUrl, avatarUrl },
    instanceName: instanceName || null,
    createdAt: createdAt.toISOString(),
    lastVerifiedAt: lastVerifiedAt?.toISOString() ?? null,
  };
}
