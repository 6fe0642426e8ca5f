"use client";
import type { Organization } from "@parley/api/schema/organizations";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { AskFirst } from "./ask-first";

/** Leaves an organization. Its last owner is told what to do instead. */
export function LeaveOrganization({ organization: { id, name } }: { organization: Organization }) {
  const { mutateAsync } = trpc.organizations.leave.useMutation();
  const finish = useWayOut("You have left.");
  return (
    <AskFirst
      tone="danger"
      question={`Leave ${name}?`}
      about="You see nothing of it any more, until somebody invites you again."
      verb={["Leave", "Leaving…"]}
      act={() => finish(mutateAsync({ id }))}
    >
      Leave organization
    </AskFirst>
  );
}

/** Deletes an organization, for everybody. */
export function DeleteOrganization({ organization: { id, name } }: { organization: Organization }) {
  const { mutateAsync } = trpc.organizations.remove.useMutation();
  const finish = useWayOut("Organization deleted.");
  return (
    <AskFirst
      tone="danger"
      question={`Delete ${name}?`}
      about="It is gone for all its members, and so are its invitations. This cannot be taken back."
      verb={["Delete", "Deleting…"]}
      act={() => finish(mutateAsync({ id }))}
    >
      Delete organization
    </AskFirst>
  );
}

/** What both ways out end with: the list, where the organization is no more. */
function useWayOut(done: string): (act: Promise<unknown>) => Promise<boolean> {
  const router = useRouter();
  return async (act) => {
    try {
      await act;
    } catch (error) {
      toast.error(failureOf(error).message);
      return false;
    }
    toast.success(done);
    router.push("/settings/organizations");
    router.refresh();
    return true;
  };
}
