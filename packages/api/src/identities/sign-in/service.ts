import type { Actor, Auth } from "@parley/auth";
import type { IdentityProvider, ProviderProfile } from "@parley/identity-providers";
import type * as IdentityMails from "@parley/mail/identity-templates";
import type { MailDependencies } from "../../account/email-tokens/service";
import { newSession } from "../../account/sessions/service";
import type { Client } from "../../context";
import { notFound } from "../../errors";
import { type ProviderTokens, shownProfile } from "../schema";
import { type IdentityDependencies, sealTokens } from "../service";
import type { IdentitySource } from "../store";
import { type IdentityProblem, IdentityRefusal } from "./rules";
import type { IdentitySignInStore, ShownIdentity } from "./store";

export interface IdentitySignInDependencies extends Pick<IdentityDependencies, "identityProviders" | "clock"> {
  auth: Pick<Auth, "issueAccessToken" | "opaqueTokens" | "sealer">;
  identitySignIns: IdentitySignInStore;
}

export interface IdentityMailDependencies extends MailDependencies {
  identitySignIns: IdentitySignInStore;
  identityProviders: readonly IdentityProvider[];
  identityMails: typeof IdentityMails;
}

/**
 * What a provider has told us itself, at the end of a sign-in there that we began. Never to be taken from a caller: that
 * is why no procedure leads here.
 */
export interface ProvenIdentity {
  /** The provider's. */
  key: string;
  profile: ProviderProfile;
  tokens: ProviderTokens;
}

const defaultDisplayName = "New member";

/**
 * Signs in whoever has linked this account; a newcomer whose address the provider has confirmed gets an account. An
 * address that belongs to an account here opens it to nobody: who has it elsewhere need not be who has it here.
 * @throws IdentityRefusal
 */
export async function signInWithIdentity(
  deps: IdentitySignInDependencies,
  client: Client | null,
  proven: ProvenIdentity,
): Promise<{ userId: string; sessionId: string }> {
  const { source, shown } = asShown(deps, proven);
  const { session } = newSession(deps, client);
  // Of two first sign-ins at once, the second finds the account that the other has made.
  for (;;) {
    const result = await deps.identitySignIns.signIn(shown, session);
    if (result.outcome === "signed_in") return { userId: result.userId, sessionId: session.id };
    if (result.outcome === "refused") throw new IdentityRefusal(result.problem);
    const { verifiedEmail, displayName } = shown.profile;
    if (!source.tellsEmail) throw new IdentityRefusal("not_linked");
    if (verifiedEmail === null) throw new IdentityRefusal("email_unconfirmed");
    const member = { email: verifiedEmail, displayName: displayName ?? defaultDisplayName };
    const joined = await deps.identitySignIns.join(member, shown, session);
    if (joined.outcome === "joined") return { userId: joined.userId, sessionId: session.id };
    if (joined.outcome === "refused") throw new IdentityRefusal(joined.problem);
  }
}

/**
 * Makes an account elsewhere another way in for the caller. Both sides need a confirmed address, but for providers that
 * tell none.
 * @throws IdentityRefusal
 */
export async function linkIdentity(
  deps: IdentitySignInDependencies,
  actor: Actor,
  proven: ProvenIdentity,
): Promise<{ isNew: boolean }> {
  const { source, shown } = asShown(deps, proven);
  if (source.tellsEmail && shown.profile.verifiedEmail === null) throw new IdentityRefusal("email_unconfirmed");
  const result = await deps.identitySignIns.link(actor.userId, shown);
  if (result.outcome === "refused") throw new IdentityRefusal(result.problem);
  return { isNew: result.isNew };
}

/** Which problem an error stands for; null for any other error. */
export function identityProblemOf(error: unknown): IdentityProblem | null {
  return error instanceof IdentityRefusal ? error.problem : null;
}

/** Job. Somebody may have linked an account of theirs at a browser that was left signed in: the owner is told. */
export async function sendLinkedMail(
  deps: IdentityMailDependencies,
  { userId, provider, instanceName }: IdentitySource & { userId: string },
): Promise<void> {
  const addressee = await deps.identitySignIns.findAddressee(userId);
  if (addressee === null) return;
  const source = deps.identityProviders.find((one) => one.provider === provider && one.instanceName === instanceName);
  const mail = deps.identityMails.accountLinked({
    name: addressee.displayName,
    provider: source?.name ?? (instanceName || provider),
    link: deps.webLink("/settings/linked-accounts"),
  });
  await deps.mailer.send({ to: addressee.email, ...mail });
}

function asShown(deps: IdentitySignInDependencies, { key, profile, tokens }: ProvenIdentity) {
  const source = deps.identityProviders.find((provider) => provider.key === key);
  if (source === undefined) throw notFound("Provider");
  const { provider, instanceName } = source;
  const shown: ShownIdentity = {
    source: { provider, instanceName },
    profile: shownProfile.parse(profile),
    sealedTokens: sealTokens(deps, tokens),
    now: deps.clock(),
  };
  return { source, shown };
}
