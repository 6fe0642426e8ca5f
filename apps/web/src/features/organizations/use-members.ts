"use client";
import type { OrganizationRole } from "@parley/api/schema/organizations";
import type { Member } from "@parley/api/schema/organizations/members";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { roleNames } from "./role-words";

/** Who belongs to an organization. A change shows at once, and is taken back with a message where it could not be made. */
export function useMembers(id: string, initial: Member[]) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const { members: list } = utils.organizations;
  const { data: members = initial } = trpc.organizations.members.useQuery({ id }, { initialData: initial });

  async function keep(change: (members: Member[]) => Member[]) {
    await list.cancel({ id });
    const before = list.getData({ id });
    list.setData({ id }, (known) => known && change(known));
    return { before };
  }
  const roleChange = trpc.organizations.changeRole.useMutation({
    onMutate: ({ userId, role }) =>
      keep((known) => known.map((member) => (member.userId === userId ? { ...member, role } : member))),
    onError: (error, _, kept) => {
      list.setData({ id }, kept?.before);
      toast.error(failureOf(error).message);
    },
    onSettled: () => list.invalidate({ id }),
    onSuccess: (_, { userId, role }) => {
      const name = members.find((member) => member.userId === userId)?.displayName;
      toast.success(`${name}: ${roleNames[role]}.`);
      // One's own role decides what the whole page offers.
      router.refresh();
    },
  });
  const removal = trpc.organizations.removeMember.useMutation({
    onSuccess: (_, { userId }) => {
      list.setData({ id }, (known) => known?.filter((member) => member.userId !== userId));
      toast.success("Member removed.");
      router.refresh();
    },
    onSettled: () => list.invalidate({ id }),
  });
  return {
    members,
    changeRole: (userId: string, role: OrganizationRole) => roleChange.mutate({ id, userId, role }),
    /** Asks first; what is refused is told where it asks. */
    remove: (userId: string) => removal.mutateAsync({ id, userId }),
  };
}
