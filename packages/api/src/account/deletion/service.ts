import type { Actor, Auth } from "@parley/auth";
import type * as MailTemplates from "@parley/mail/templates";
import type { ObjectStorage } from "@parley/object-storage";
import { conflict, invalid } from "../../errors";
import { type FarewellDependencies, farewellsOf } from "../../notifications/farewells/service";
import { accountGone } from "../../profile/service";
import { type EmailTokenDependencies, mailSecretLink } from "../email-tokens/service";
import { type OwnershipDependencies, requireOwner } from "../ownership/service";
import { purgeTime } from "./rules";
import type { DeleteNow, DeletionAnswer, RequestDeletion } from "./schema";
import type { DeletionStore, PersonObjects } from "./store";

export interface DeletionDependencies extends OwnershipDependencies, FarewellDependencies {
  auth: Pick<Auth, "passwords" | "opaqueTokens">;
  deletions: DeletionStore;
  objects: Pick<ObjectStorage, "delete" | "list">;
}

export interface DeletionMailDependencies extends EmailTokenDependencies {
  deletions: DeletionStore;
  mailTemplates: Pick<typeof MailTemplates, "accountDeleted">;
}

/**
 * Ends every session and hides the person at once; two weeks later everything of theirs goes. A mail holds a link back.
 * @throws validation_error naming `password`; forbidden where neither a password nor a fresh sign-in proves who asks;
 *   conflict for the last administrator.
 */
export async function requestDeletion(
  deps: DeletionDependencies,
  actor: Actor,
  input: RequestDeletion,
): Promise<DeletionAnswer> {
  await requireOwner(deps, actor, input.password);
  const now = deps.clock();
  const purgeAt = purgeTime(now);
  await markDeleted(deps, actor, { now, purgeAt });
  return { purgeAt: purgeAt.toISOString() };
}

/**
 * Removes every row of the person before it answers, and has their objects removed; who still had a booking with them is
 * told.
 * @throws as `requestDeletion`; validation_error naming `username` or `email` where they are not the account's.
 */
export async function deleteNow(deps: DeletionDependencies, actor: Actor, input: DeleteNow): Promise<void> {
  const owner = await requireOwner(deps, actor, input.password);
  if (input.email.trim().toLowerCase() !== owner.email) throw invalid({ email: "is not that of this account" });
  if (owner.username !== null && input.username?.trim().toLowerCase() !== owner.username) {
    throw invalid({ username: "is not that of this account" });
  }
  const now = deps.clock();
  await markDeleted(deps, actor, { now, purgeAt: now });
  // The job does it too, should this process end here.
  await purgePerson(deps, { userId: actor.userId });
}

/** @throws validation_error naming `token` */
export async function restoreAccount(deps: DeletionDependencies, { token }: { token: string }): Promise<void> {
  if (await deps.deletions.restore(deps.auth.opaqueTokens.hash(token), deps.clock())) return;
  throw invalid({ token: "is not valid any more" });
}

/** Job; safe to repeat. */
export async function purgePerson(deps: DeletionDependencies, { userId }: { userId: string }): Promise<void> {
  const farewells = await farewellsOf(deps, userId);
  await deps.deletions.purge(userId, deps.clock(), farewells);
}

/** Job; safe to repeat. */
export async function deleteObjects(deps: DeletionDependencies, { prefix, keys }: PersonObjects): Promise<void> {
  for await (const key of deps.objects.list(prefix)) await deps.objects.delete(key);
  for (const key of keys) await deps.objects.delete(key);
}

/** Job. */
export async function sendDeletionMail(deps: DeletionMailDependencies, job: { userId: string }): Promise<void> {
  const addressee = await deps.deletions.findDeleted(job.userId);
  if (addressee === null) return;
  await mailSecretLink(deps, addressee, {
    purpose: "restore_account",
    pathname: "/restore-account",
    template: deps.mailTemplates.accountDeleted,
  });
}

async function markDeleted(
  deps: DeletionDependencies,
  actor: Actor,
  times: { now: Date; purgeAt: Date },
): Promise<void> {
  const result = await deps.deletions.markDeleted(actor.userId, times);
  if (result === "gone") throw accountGone();
  if (result === "last_administrator") throw conflict("The last administrator cannot be deleted");
}
