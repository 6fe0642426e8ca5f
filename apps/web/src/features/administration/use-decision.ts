"use client";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** Decides a request. Where somebody else was first, the list is read again and says so. */
export function useDecision(request: { id: string; displayName: string }) {
  const router = useRouter();
  const approval = trpc.hostOnboarding.approveAgeVerification.useMutation();
  const rejection = trpc.hostOnboarding.rejectAgeVerification.useMutation();

  async function decide(work: Promise<unknown>, done: string): Promise<boolean> {
    try {
      await work;
    } catch (error) {
      const { code, message, fields } = failureOf(error);
      toast.error(fields.reason === undefined ? message : `The reason ${fields.reason}.`);
      if (code === "conflict" || code === "not_found") router.refresh();
      return false;
    }
    toast.success(done, { description: "The document is deleted, and a mail tells them." });
    router.refresh();
    return true;
  }

  return {
    isPending: approval.isPending || rejection.isPending,
    approve: () => decide(approval.mutateAsync({ id: request.id }), `${request.displayName} is verified.`),
    reject: (reason: string) =>
      decide(rejection.mutateAsync({ id: request.id, reason }), `${request.displayName} was rejected.`),
  };
}
