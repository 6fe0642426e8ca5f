"use client";
import type { OwnProfile } from "@parley/api/schema/profile";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/**
 * Whether one is online, shown at once and confirmed by the server; what it refuses is taken back with a message. Presses
 * in quick succession are sent one after the other, so that the last one counts.
 */
export function useOnline(profile: OwnProfile) {
  const utils = trpc.useUtils();
  const { data: present = profile } = trpc.profile.me.useQuery(undefined, { initialData: profile });
  const show = (isAvailable: boolean) =>
    utils.profile.me.setData(undefined, (shown) => shown && { ...shown, isAvailable });

  const change = trpc.hostOnboarding.setAvailable.useMutation({
    scope: { id: "online" },
    onMutate: async (input) => {
      await utils.profile.me.cancel();
      const before = utils.profile.me.getData()?.isAvailable ?? present.isAvailable;
      if (input?.isAvailable !== undefined) show(input.isAvailable);
      return { before };
    },
    onSuccess: ({ isAvailable }) => show(isAvailable),
    onError: (error, _, kept) => {
      if (kept) show(kept.before);
      toast.error(kept?.before ? "You are still online." : "You are still offline.", {
        description: failureOf(error).message,
      });
    },
    onSettled: () => utils.profile.me.invalidate(),
  });

  return {
    isOnline: present.isAvailable,
    isConfirmed: !change.isPending,
    setOnline: (isAvailable: boolean) => change.mutate({ isAvailable }),
  };
}
