"use client";
import type { CalendarFeeds } from "@parley/api/schema/calendars/feeds";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** The secret addresses of one's bookings. One that is reset is another at once, wherever it is shown. */
export function useCalendarFeeds(initial: CalendarFeeds) {
  const utils = trpc.useUtils();
  const { data: feeds = initial } = trpc.calendars.feeds.useQuery(undefined, { initialData: initial });
  const resetting = trpc.calendars.resetFeed.useMutation({
    onSuccess: (changed) => {
      utils.calendars.feeds.setData(undefined, changed);
      toast.success("New address made.", { description: "The former one leads nowhere any more." });
    },
    onError: (error) => toast.error(failureOf(error).message, { description: "The address is still the former one." }),
  });
  return {
    feeds,
    isResetting: resetting.isPending,
    reset: (party: "host" | "caller") => resetting.mutateAsync({ party }),
  };
}
