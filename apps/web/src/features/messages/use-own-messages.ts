"use client";
import type { Message, MessageRange } from "@parley/api/schema/messages";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/**
 * A part of what one has written. A new message stands on top once it is kept; a removed one vanishes at once, and comes
 * back with a message where it could not be removed.
 */
export function useOwnMessages({ offset, limit }: { offset: number; limit: number }, initial: MessageRange) {
  const utils = trpc.useUtils();
  const query = { view: "my_messages", offset, limit } as const;
  const { data: range = initial } = trpc.messages.timeline.useQuery(query, {
    initialData: initial,
    refetchOnWindowFocus: false,
  });
  const change = (by: (known: MessageRange) => MessageRange) => {
    utils.messages.timeline.setData(query, (known) => by(known ?? initial));
  };

  const removal = trpc.messages.remove.useMutation({
    onMutate: async ({ id }) => {
      await utils.messages.timeline.cancel(query);
      const before = utils.messages.timeline.getData(query);
      change((known) => ({
        ...known,
        items: known.items.filter((message) => message.id !== id),
        total: Math.max(0, known.total - 1),
      }));
      return { before };
    },
    onSuccess: () => toast.success("Message removed."),
    onError: (error, _, kept) => {
      utils.messages.timeline.setData(query, kept?.before);
      toast.error(failureOf(error).message, { description: "The message is still there." });
    },
    onSettled: () => utils.messages.timeline.invalidate(query),
  });

  return {
    range,
    remove: (id: string) => removal.mutate({ id }),
    /** Shows what was just posted. */
    add(message: Message) {
      if (offset === 0) {
        change((known) => ({
          ...known,
          items: [message, ...known.items].slice(0, limit),
          total: known.total + 1,
        }));
      }
      void utils.messages.timeline.invalidate(query);
    },
  };
}
