"use client";
import type { BookingEvent } from "@parley/api/rules/bookings";
import type { Booking } from "@parley/api/schema/bookings";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { buttonClass } from "@/components/button-class";
import type { ShownFailure } from "@/trpc/failure";
import { EndDialog } from "./end-dialog";
import type { BookingAct } from "./use-booking";

export interface BookingActionsProps {
  booking: Booking;
  /** The one whom it is with. */
  other: string;
  may(event: BookingEvent): boolean;
  pending: BookingAct | null;
  perform(act: BookingAct, reason?: string): Promise<ShownFailure | null>;
}

const done: Record<BookingAct, string> = {
  accept: "Accepted. You both get an invitation.",
  decline: "Declined. They are told by mail.",
  cancel: "Cancelled. The other side is told by mail.",
  complete: "Noted: it took place.",
  markNoShow: "Noted: they did not come.",
};

/** What may be done to a booking by whoever looks at it, at this time. Nothing where that is nothing. */
export function BookingActions({ booking, other, may, pending, perform }: BookingActionsProps) {
  const [ending, setEnding] = useState<"cancel" | "decline" | null>(null);
  const act = async (chosen: BookingAct) => {
    const failure = await perform(chosen);
    if (failure === null) toast.success(done[chosen]);
    else toast.error(failure.message);
  };
  const verbs = (["accept", "decline", "complete", "markNoShow", "reschedule", "cancel"] as const).filter(may);
  if (verbs.length === 0) return null;
  return (
    <section aria-label="What to do" className="flex flex-wrap gap-3 border-t border-hairline pt-6">
      {may("accept") && (
        <Button tone="primary" isPending={pending === "accept"} onPress={() => void act("accept")}>
          Accept
        </Button>
      )}
      {may("decline") && <Button onPress={() => setEnding("decline")}>Decline</Button>}
      {may("complete") && (
        <Button tone="primary" isPending={pending === "complete"} onPress={() => void act("complete")}>
          It took place
        </Button>
      )}
      {may("markNoShow") && (
        <Button isPending={pending === "markNoShow"} onPress={() => void act("markNoShow")}>
          {other} did not come
        </Button>
      )}
      {may("reschedule") && booking.hostUsername !== null && (
        <Link href={`/bookings/${booking.id}/reschedule` as Route} className={buttonClass()}>
          Move to another time
        </Link>
      )}
      {may("cancel") && (
        <Button tone="danger" onPress={() => setEnding("cancel")}>
          Cancel
        </Button>
      )}
      <EndDialog
        act={ending}
        other={other}
        onClose={() => setEnding(null)}
        onEnd={async (chosen, reason) => {
          const failure = await perform(chosen, reason);
          if (failure === null) toast.success(done[chosen]);
          return failure;
        }}
      />
    </section>
  );
}
