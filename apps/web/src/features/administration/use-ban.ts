"use client";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** What became of it: the dialog may close, or its reason is at fault. */
export type BanOutcome = { isDone: boolean; reasonProblem?: string };

/** Bans a person, or lifts the ban. Where somebody else was first, the list is read again. */
export function useBan(person: { id: string; displayName: string }) {
  const router = useRouter();
  const ban = trpc.account.ban.useMutation();
  const unban = trpc.account.unban.useMutation();
  const userId = person.id;

  async function settle(work: Promise<unknown>, done: string): Promise<BanOutcome> {
    try {
      await work;
    } catch (error) {
      const { code, message, fields } = failureOf(error);
      if (fields.reason !== undefined) return { isDone: false, reasonProblem: `The reason ${fields.reason}.` };
      toast.error(message);
      const isOutdated = code === "conflict" || code === "not_found";
      if (isOutdated) router.refresh();
      return { isDone: isOutdated };
    }
    toast.success(done, { description: "A mail tells them." });
    router.refresh();
    return { isDone: true };
  }

  return {
    isPending: ban.isPending || unban.isPending,
    ban: (reason: string) =>
      settle(
        ban.mutateAsync({ userId, reason: reason.trim() === "" ? undefined : reason }),
        `${person.displayName} is banned.`,
      ),
    unban: () => settle(unban.mutateAsync({ userId }), `${person.displayName} is let in again.`),
  };
}
