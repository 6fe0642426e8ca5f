"use client";
import type { Booking } from "@parley/api/schema/bookings";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { useDisplay } from "@/components/use-display";
import { EndDialog } from "@/features/booking/end-dialog";
import { durationWords, timeWords } from "@/features/booking/time-words";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** Those who wait for a host's answer, to be answered on the spot. Nothing where nobody waits. */
export function RequestList({ userId }: { userId: string }) {
  const utils = trpc.useUtils();
  const { data } = trpc.bookings.list.useQuery(
    { when: "upcoming", as: "host", perPage: 100 },
    { refetchInterval: 60_000 },
  );
  const accept = trpc.bookings.accept.useMutation();
  const decline = trpc.bookings.decline.useMutation();
  const [declining, setDeclining] = useState<Booking | null>(null);
  const waiting = data?.items.filter(({ status, hostId }) => status === "requested" && hostId === userId) ?? [];

  const answer = async (send: () => Promise<unknown>, said: string): Promise<ShownFailure | null> => {
    try {
      await send();
      toast.success(said);
      return null;
    } catch (error) {
      return failureOf(error);
    } finally {
      void utils.bookings.invalidate();
    }
  };
  const acceptOne = async ({ id }: Booking) => {
    const failure = await answer(() => accept.mutateAsync({ id }), "Accepted. You both get an invitation.");
    if (failure !== null) toast.error(failure.message);
  };

  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="requests" className="rounded-lg border border-warn/40 bg-warn-soft p-5">
      <h2 id="requests" className="font-medium">
        {waiting.length === 1 ? "Somebody waits for your answer" : `${waiting.length} wait for your answer`}
      </h2>
      <ul className="mt-3 divide-y divide-warn/25">
        {waiting.map((booking) => (
          <li key={booking.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-3 last:pb-0">
            <Request booking={booking} />
            <div className="flex gap-2">
              <Button
                size="small"
                tone="primary"
                aria-label={`Accept ${booking.callerDisplayName}`}
                isPending={accept.isPending && accept.variables.id === booking.id}
                onPress={() => void acceptOne(booking)}
              >
                Accept
              </Button>
              <Button
                size="small"
                aria-label={`Decline ${booking.callerDisplayName}`}
                onPress={() => setDeclining(booking)}
              >
                Decline
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <EndDialog
        act={declining === null ? null : "decline"}
        other={declining?.callerDisplayName ?? ""}
        onClose={() => setDeclining(null)}
        onEnd={async (_, reason) => {
          if (declining === null) return null;
          const { id } = declining;
          return answer(
            () => decline.mutateAsync(reason ? { id, reason } : { id }),
            "Declined. They are told by mail.",
          );
        }}
      />
    </section>
  );
}

function Request({ booking }: { booking: Booking }) {
  const display = useDisplay();
  const start = Date.parse(booking.start);
  const words = display === null ? null : timeWords(display);
  return (
    <div className="min-w-0 text-sm">
      <p>
        <Link
          href={`/bookings/${booking.id}` as Route}
          prefetch={false}
          className="font-medium underline decoration-control underline-offset-4 hover:decoration-ink"
        >
          {booking.callerDisplayName}
        </Link>
        , {durationWords(booking.durationMinutes)}
      </p>
      <p className="min-h-5 text-muted">
        {words && `${words.day(start)}, ${words.range(start, Date.parse(booking.end))}`}
      </p>
      {booking.note !== null && <p className="mt-1 line-clamp-2 max-w-[60ch] wrap-anywhere">“{booking.note}”</p>}
    </div>
  );
}
