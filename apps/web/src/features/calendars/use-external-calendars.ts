"use client";
import type { ExternalCalendar, ExternalCalendarList } from "@parley/api/schema/calendars/external";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** The calendars kept elsewhere. A removed one vanishes at once, and returns with a message if it could not be removed. */
export function useExternalCalendars(initial: ExternalCalendarList) {
  const utils = trpc.useUtils();
  const { externalCalendars } = utils.calendars;
  const { data = initial } = trpc.calendars.externalCalendars.useQuery(undefined, { initialData: initial });
  const change = (act: (calendars: ExternalCalendar[]) => ExternalCalendar[]) =>
    externalCalendars.setData(undefined, (list) => list && { calendars: act(list.calendars) });

  const addition = trpc.calendars.addExternalCalendar.useMutation({
    onSuccess: (added) => change((calendars) => [...calendars, added]),
  });
  const refreshing = trpc.calendars.refreshExternalCalendar.useMutation({
    onSuccess: (refreshed) => {
      change((calendars) => calendars.map((calendar) => (calendar.id === refreshed.id ? refreshed : calendar)));
      if (refreshed.failure === null) toast.success("Calendar read.");
      else toast.error("The calendar could not be read.", { description: `It ${refreshed.failure}.` });
    },
    onError: (error) => toast.error(failureOf(error).message),
  });
  const removal = trpc.calendars.removeExternalCalendar.useMutation({
    onMutate: async ({ id }) => {
      await externalCalendars.cancel();
      const before = externalCalendars.getData();
      change((calendars) => calendars.filter((calendar) => calendar.id !== id));
      return { before };
    },
    onError: (error, _, kept) => {
      externalCalendars.setData(undefined, kept?.before);
      toast.error(failureOf(error).message, { description: "The calendar still counts." });
    },
    onSuccess: () => toast.success("Calendar removed."),
    onSettled: () => externalCalendars.invalidate(),
  });
  return {
    calendars: data.calendars,
    add: addition.mutateAsync,
    refresh: (id: string) => refreshing.mutate({ id }),
    refreshingId: refreshing.isPending ? refreshing.variables.id : null,
    remove: (id: string) => removal.mutate({ id }),
  };
}
