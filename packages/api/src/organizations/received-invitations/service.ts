import type { Actor, Auth } from "@parley/auth";
import { conflict, type DomainError, forbidden, notFound } from "../../errors";
import { accountGone } from "../../profile/service";
import { maxMembers } from "../rules";
import type { Organization } from "../schema";
import type { ReceivedInvitation } from "./schema";
import type { AnswerRefusal, FoundInvitation, Reader, ReceivedInvitationStore } from "./store";

export interface ReceivedInvitationDependencies {
  auth: Pick<Auth, "opaqueTokens">;
  receivedInvitations: ReceivedInvitationStore;
  clock(): Date;
}

/** For whoever holds the link, signed in or not. @throws not_found where it was revoked, declined, replaced, or never was */
export async function getReceivedInvitation(
  deps: ReceivedInvitationDependencies,
  actor: Actor | null,
  { token }: { token: string },
): Promise<ReceivedInvitation> {
  const found = await deps.receivedInvitations.find(deps.auth.opaqueTokens.hash(token));
  if (found === null) throw notFound("Invitation");
  const { organizationName, role, invitedBy, expiresAt, organizationId } = found;
  const reader = actor && (await deps.receivedInvitations.findReader(actor.userId, organizationId));
  return {
    ...{ organizationName, role, invitedBy },
    expiresAt: expiresAt.toISOString(),
    state: found.isAccepted ? "accepted" : expiresAt <= deps.clock() ? "expired" : "open",
    addressee: addresseeOf(found, reader),
    organizationId: reader?.isMember ? organizationId : null,
  };
}

/**
 * Makes the caller a member. An invitation serves once, and only the person whose proven address it was sent to.
 * @throws not_found; forbidden to others; conflict where it was used or has expired, or the organization is full
 */
export async function acceptInvitation(
  deps: ReceivedInvitationDependencies,
  actor: Actor,
  { token }: { token: string },
): Promise<Organization> {
  const result = await deps.receivedInvitations.accept(actor.userId, deps.auth.opaqueTokens.hash(token), deps.clock());
  if (typeof result === "string") throw answerRefusal(result);
  return result;
}

/** @throws as `acceptInvitation` */
export async function declineInvitation(
  deps: ReceivedInvitationDependencies,
  actor: Actor,
  { token }: { token: string },
): Promise<void> {
  const result = await deps.receivedInvitations.decline(actor.userId, deps.auth.opaqueTokens.hash(token), deps.clock());
  if (result !== "declined") throw answerRefusal(result);
}

function addresseeOf({ email }: FoundInvitation, reader: Reader | null): ReceivedInvitation["addressee"] {
  if (reader === null) return "unknown";
  if (reader.email !== email) return "another";
  return reader.isVerified ? "you" : "unverified";
}

function answerRefusal(reason: AnswerRefusal): DomainError {
  switch (reason) {
    case "no_such_invitation":
      return notFound("Invitation");
    case "another":
      return forbidden("This invitation was sent to another e-mail address than yours");
    case "unverified":
      return forbidden("Confirm your e-mail address first, and the invitation is yours to answer");
    case "accepted":
      return conflict("This invitation has been accepted already", { token: "was used already" });
    case "expired":
      return conflict("This invitation has expired; ask for another", { token: "has expired" });
    case "full":
      return conflict(`This organization is full: it has room for ${maxMembers} members`);
    case "gone":
      return accountGone();
  }
}
