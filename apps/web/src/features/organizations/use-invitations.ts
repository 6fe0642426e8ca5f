"use client";
import type { Invitation, Invite } from "@parley/api/schema/organizations/invitations";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** The open invitations into an organization. A revoked one vanishes at once, and returns where it could not be revoked. */
export function useInvitations(id: string, initial: Invitation[]) {
  const utils = trpc.useUtils();
  const { invitations: list } = utils.organizations;
  const { data: invitations = initial } = trpc.organizations.invitations.useQuery({ id }, { initialData: initial });

  /** One address has one: the newest comes first. */
  const show = (sent: Invitation) =>
    list.setData({ id }, (known) => [sent, ...(known ?? []).filter((invitation) => invitation.id !== sent.id)]);

  const invitation = trpc.organizations.invite.useMutation({ onSuccess: show });
  const resending = trpc.organizations.resendInvitation.useMutation({
    onSuccess: (sent) => {
      show(sent);
      toast.success(`Sent again to ${sent.email}.`);
    },
    onError: (error) => {
      toast.error(failureOf(error).message);
      return list.invalidate({ id });
    },
  });
  const revocation = trpc.organizations.revokeInvitation.useMutation({
    onMutate: async ({ invitationId }) => {
      await list.cancel({ id });
      const before = list.getData({ id });
      list.setData({ id }, (known) => known?.filter((one) => one.id !== invitationId));
      return { before };
    },
    onError: (error, _, kept) => {
      list.setData({ id }, kept?.before);
      toast.error(failureOf(error).message);
    },
    onSuccess: () => toast.success("Invitation revoked."),
    onSettled: () => list.invalidate({ id }),
  });
  return {
    invitations,
    invite: (typed: Omit<Invite, "id">) => invitation.mutateAsync({ id, ...typed }),
    resend: (invitationId: string) => resending.mutate({ id, invitationId }),
    resendingId: resending.isPending ? resending.variables.invitationId : null,
    revoke: (invitationId: string) => revocation.mutate({ id, invitationId }),
  };
}
