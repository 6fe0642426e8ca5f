import type { Actor, Auth } from "@parley/auth";
import type { Mailer } from "@parley/mail";
import type * as OrganizationMails from "@parley/mail/organization-templates";
import { uuidv7 } from "uuidv7";
import { conflict, type DomainError, notFound } from "../../errors";
import { maxMembers } from "../rules";
import type { OrganizationChoice } from "../schema";
import { refusal } from "../service";
import { forgetInvitationsBefore, invitationExpiry } from "./rules";
import type { Invitation, InvitationChoice, Invite } from "./schema";
import type { InvitationResult, InvitationStore, StoredInvitation } from "./store";

export interface InvitationDependencies {
  invitations: InvitationStore;
  clock(): Date;
}

export interface InvitationMailDependencies extends InvitationDependencies {
  auth: Pick<Auth, "opaqueTokens">;
  mailer: Pick<Mailer, "send">;
  organizationMails: typeof OrganizationMails;
  /** An absolute address of the web app. */
  webLink(pathname: string, query?: Record<string, string>): string;
}

/** Those that nobody has accepted, the newest first. @throws not_found; forbidden to those who do not run it */
export async function listInvitations(
  deps: InvitationDependencies,
  actor: Actor,
  { id }: OrganizationChoice,
): Promise<Invitation[]> {
  const found = await deps.invitations.list(actor.userId, id);
  if (typeof found === "string") throw refusal(found);
  const now = deps.clock();
  return found.map((invitation) => toInvitation(invitation, now));
}

/**
 * Orders the mail. An address that is invited already is sent another link, for this role, and the former link dies.
 * @throws not_found; forbidden where the role is not the caller's to give; conflict for members, and where it is full
 */
export async function invite(
  deps: InvitationDependencies,
  actor: Actor,
  { id: organizationId, email, role }: Invite,
): Promise<Invitation> {
  const order = { id: uuidv7(), organizationId, actorId: actor.userId, email, role, ...term(deps) };
  return sent(deps, await deps.invitations.invite(order));
}

/** @throws as `invite` */
export async function resendInvitation(
  deps: InvitationDependencies,
  actor: Actor,
  { id: organizationId, invitationId }: InvitationChoice,
): Promise<Invitation> {
  const order = { organizationId, actorId: actor.userId, invitationId, ...term(deps) };
  return sent(deps, await deps.invitations.resend(order));
}

/** @throws not_found; forbidden where its role is not the caller's to give */
export async function revokeInvitation(
  deps: InvitationDependencies,
  actor: Actor,
  { id: organizationId, invitationId }: InvitationChoice,
): Promise<void> {
  const outcome = await deps.invitations.revoke({ organizationId, actorId: actor.userId, invitationId });
  if (outcome !== "revoked") throw invitationRefusal(outcome);
}

/**
 * Job. The secret is made here, so that it rests nowhere but in the mail. A repetition sends another, and the link that
 * was mailed last is the one that works.
 */
export async function sendInvitation(deps: InvitationMailDependencies, job: { invitationId: string }): Promise<void> {
  const { token, hash } = deps.auth.opaqueTokens.create("oi_");
  const letter = await deps.invitations.arm(job.invitationId, hash, deps.clock());
  if (letter === null) return;
  const { email, ...facts } = letter;
  const link = deps.webLink("/invitations", { token });
  await deps.mailer.send({ to: email, ...deps.organizationMails.organizationInvitation({ ...facts, link }) });
}

/** Job. */
export async function forgetInvitations(deps: InvitationDependencies): Promise<void> {
  await deps.invitations.deleteExpired(forgetInvitationsBefore(deps.clock()));
}

function term({ clock }: InvitationDependencies): { now: Date; expiresAt: Date } {
  const now = clock();
  return { now, expiresAt: invitationExpiry(now) };
}

function sent({ clock }: InvitationDependencies, result: InvitationResult): Invitation {
  if (result.outcome === "sent") return toInvitation(result.invitation, clock());
  throw invitationRefusal(result.outcome);
}

function toInvitation({ sentAt, expiresAt, ...invitation }: StoredInvitation, now: Date): Invitation {
  const times = { sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { ...invitation, ...times, isExpired: expiresAt <= now };
}

function invitationRefusal(reason: Exclude<InvitationResult["outcome"], "sent">): DomainError {
  switch (reason) {
    case "no_such_invitation":
      return notFound("Invitation");
    case "is_member":
      return conflict("Whoever has this address is a member already", { email: "is a member already" });
    case "full":
      return conflict(`An organization has room for ${maxMembers} members, open invitations included`);
    default:
      return refusal(reason);
  }
}
