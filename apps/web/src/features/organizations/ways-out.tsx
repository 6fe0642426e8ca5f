"use client";
import type { Organization } from "@parley/api/schema/organizations";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { trpc } from "@/trpc/react";
import { AskFirst } from "./ask-first";

/** Leaves an organization. Its last owner is told what to do instead. */
export function LeaveOrganization({ organization: { id, name } }: { organization: Organization }) {
  const { mutateAsync } = trpc.organizations.leave.useMutation();
  const goToList = useWayOut();
  return (
    <AskFirst
      question={`Leave ${name}?`}
      about="You see nothing of it any more, until somebody invites you again."
      verb={["Leave", "Leaving…"]}
      act={() => mutateAsync({ id }).then(() => goToList("You have left."))}
    >
      Leave organization
    </AskFirst>
  );
}

/** Deletes an organization, for everybody. */
export function DeleteOrganization({ organization: { id, name } }: { organization: Organization }) {
  const { mutateAsync } = trpc.organizations.remove.useMutation();
  const goToList = useWayOut();
  return (
    <AskFirst
      tone="danger"
      question={`Delete ${name}?`}
      about="It is gone for all its members, and so are its invitations. This cannot be taken back."
      verb={["Delete", "Deleting…"]}
      act={() => mutateAsync({ id }).then(() => goToList("Organization deleted."))}
    >
      Delete organization
    </AskFirst>
  );
}

/** What both ways out end with: the list, where the organization is no more. */
function useWayOut(): (done: string) => void {
  const router = useRouter();
  return (done) => {
    toast.success(done);
    router.push("/settings/organizations");
    router.refresh();
  };
}
