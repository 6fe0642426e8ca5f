import type { Actor, Auth } from "@parley/auth";
import type * as ApiTokenTemplates from "@parley/mail/api-token-templates";
import { uuidv7 } from "uuidv7";
import { conflict, notFound } from "../../errors";
import { accountGone } from "../../profile/service";
import type { MailDependencies } from "../email-tokens/service";
import { type OwnershipDependencies, requireOwner } from "../ownership/service";
import { apiTokenExpiry, apiTokenHint, maxApiTokens } from "./rules";
import { type ApiToken, apiScope, type CreateApiToken, type NewApiToken } from "./schema";
import type { ApiTokenStore, StoredApiToken } from "./store";

export interface ApiTokenDependencies {
  auth: Pick<Auth, "createApiToken">;
  apiTokens: ApiTokenStore;
  clock(): Date;
}

export interface ApiTokenMailDependencies extends MailDependencies {
  apiTokens: ApiTokenStore;
  apiTokenMails: Pick<typeof ApiTokenTemplates, "apiTokenCreated">;
}

/**
 * Makes a token, shows it this once, and tells the account's owner by mail.
 * @throws validation_error naming `password` or forbidden as `requireOwner`; conflict where there are as many as may be.
 */
export async function createApiToken(
  deps: ApiTokenDependencies & OwnershipDependencies,
  actor: Actor,
  { name, scopes, expiresInDays, password }: CreateApiToken,
): Promise<NewApiToken> {
  await requireOwner(deps, actor, password);
  const createdAt = deps.clock();
  const { token, hash } = deps.auth.createApiToken();
  const hint = apiTokenHint(token);
  const expiresAt = apiTokenExpiry(createdAt, expiresInDays ?? null);
  const facts = { id: uuidv7(), name, hint, scopes, createdAt, expiresAt };
  switch (await deps.apiTokens.create({ ...facts, userId: actor.userId, hash }, maxApiTokens)) {
    case "created":
      return { ...shown({ ...facts, lastUsedAt: null }), token };
    case "too_many":
      throw conflict(`You have ${maxApiTokens} API tokens; end one to make another`);
    case "gone":
      throw accountGone();
  }
}

/** The caller's tokens, the newest first; expired ones for a while. */
export async function listApiTokens(deps: Pick<ApiTokenDependencies, "apiTokens">, actor: Actor): Promise<ApiToken[]> {
  return (await deps.apiTokens.list(actor.userId)).map(shown);
}

/** @throws not_found where the caller has no such token. */
export async function endApiToken(
  deps: Pick<ApiTokenDependencies, "apiTokens">,
  actor: Actor,
  { id }: { id: string },
): Promise<void> {
  if (!(await deps.apiTokens.end(actor.userId, id))) throw notFound("API token");
}

/** Job. Leads to the page where the token can be ended, in case it was not the owner who made it. */
export async function sendApiTokenMail(
  deps: ApiTokenMailDependencies,
  { userId, name }: { userId: string; name: string },
): Promise<void> {
  const addressee = await deps.apiTokens.findAddressee(userId);
  if (addressee === null) return;
  const link = deps.webLink("/settings/api-tokens");
  const mail = deps.apiTokenMails.apiTokenCreated({ name: addressee.displayName, tokenName: name, link });
  await deps.mailer.send({ to: addressee.email, ...mail });
}

/** A scope that a later edition took back is not worth telling of. */
function shown({ scopes, createdAt, expiresAt, lastUsedAt, ...token }: StoredApiToken): ApiToken {
  return {
    ...token,
    scopes: scopes.flatMap((scope) => apiScope.safeParse(scope).data ?? []),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
