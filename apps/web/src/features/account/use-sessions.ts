"use client";
import type { SessionPage } from "@parley/api/schema/account/sessions";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { sessionCheckInterval } from "./session-check";

const everySession = { perPage: 100 };

/** One's sessions, kept fresh while the page is looked at. What one ends vanishes at once, and returns if it could not. */
export function useSessions(initial: SessionPage) {
  const utils = trpc.useUtils();
  const { data: sessions = initial } = trpc.account.sessions.useQuery(everySession, {
    initialData: initial,
    refetchInterval: sessionCheckInterval,
  });

  async function keepOnly(isKept: (session: SessionPage["items"][number]) => boolean) {
    await utils.account.sessions.cancel(everySession);
    const before = utils.account.sessions.getData(everySession);
    utils.account.sessions.setData(everySession, (page) => page && { ...page, items: page.items.filter(isKept) });
    return { before };
  }

  const shared = {
    onError: (error: unknown, _: unknown, kept: { before: SessionPage | undefined } | undefined) => {
      utils.account.sessions.setData(everySession, kept?.before);
      toast.error(failureOf(error).message, { description: "The session is still live." });
    },
    onSettled: () => utils.account.sessions.invalidate(everySession),
  };
  const endOne = trpc.account.endSession.useMutation({
    ...shared,
    onMutate: ({ id }) => keepOnly((session) => session.id !== id),
    onSuccess: () => toast.success("Session ended."),
  });
  const endOthers = trpc.account.endOtherSessions.useMutation({
    ...shared,
    onMutate: () => keepOnly((session) => session.isCurrent),
    onSuccess: () => toast.success("All other sessions ended."),
  });

  return {
    sessions: sessions.items,
    end: (id: string) => endOne.mutate({ id }),
    endOthers: () => endOthers.mutate(),
    isEndingOthers: endOthers.isPending,
  };
}
