"use client";
import type { Booking } from "@parley/api/schema/bookings";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { Dialog, DialogActions } from "@/components/dialog";
import { useDisplay } from "@/components/use-display";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { OpeningPicker } from "./opening-picker";
import { type TimeWords, timeWords } from "./time-words";

export interface MoveFlowProps {
  booking: Booking;
  hostUsername: string;
  windowDays: number;
  /** True where the host is to consent once more. */
  asksAgain: boolean;
}

/** Another opening for the same conversation: length and price stay. Until it is moved, the old time is kept. */
export function MoveFlow({ booking, hostUsername, windowDays, asksAgain }: MoveFlowProps) {
  const { id, durationMinutes } = booking;
  const router = useRouter();
  const utils = trpc.useUtils();
  const move = trpc.bookings.reschedule.useMutation();
  const display = useDisplay();
  const [chosen, setChosen] = useState<number | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const words = display === null ? null : timeWords(display);
  const [start, end] = [Date.parse(booking.start), Date.parse(booking.end)];

  const confirm = async (instant: number) => {
    setFailure(null);
    try {
      await move.mutateAsync({ id, start: new Date(instant).toISOString() });
      void utils.bookings.invalidate();
      router.replace(`/bookings/${id}?moved=1` as Route);
    } catch (error) {
      setFailure(failureOf(error));
      setChosen(null);
      void utils.schedule.openings.invalidate();
    }
  };

  return (
    <div className="space-y-8">
      <p className="min-h-6 text-muted">
        {words && `Now: ${words.day(start)}, ${words.range(start, end)} (${words.zone(start)})`}
      </p>
      <h2 className="sr-only">Choose another time</h2>
      {failure !== null && <NotMoved failure={failure} />}
      <OpeningPicker
        username={hostUsername}
        hostName={booking.hostDisplayName}
        minutes={durationMinutes}
        windowDays={windowDays}
        around={start}
        pending={null}
        onChoose={setChosen}
      />
      <Dialog
        title="Move it to this time?"
        isOpen={chosen !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setChosen(null);
        }}
      >
        {words !== null && chosen !== null && <NewTime words={words} start={chosen} end={chosen + end - start} />}
        {asksAgain && <p className="text-sm text-muted">{booking.hostDisplayName} is asked once more.</p>}
        <DialogActions>
          <Button onPress={() => setChosen(null)}>Back</Button>
          <Button
            tone="primary"
            autoFocus
            isPending={move.isPending || move.isSuccess}
            onPress={() => chosen !== null && void confirm(chosen)}
          >
            {move.isPending || move.isSuccess ? "Moving…" : "Move it"}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}

function NewTime({ words, start, end }: { words: TimeWords; start: number; end: number }) {
  return (
    <div>
      <p className="font-medium">{words.day(start)}</p>
      <p>{words.range(start, end)}</p>
      <p className="text-sm text-muted">{words.zone(start)}</p>
    </div>
  );
}

function NotMoved({ failure }: { failure: ShownFailure }) {
  if (failure.code === "conflict" && failure.fields.start !== undefined) {
    return (
      <Callout tone="warn" title={`${failure.message}.`}>
        <p>Your booking is as it was. The times below are open now.</p>
      </Callout>
    );
  }
  return (
    <Callout tone="danger" title={failure.message}>
      <p>Your booking is as it was.</p>
    </Callout>
  );
}
