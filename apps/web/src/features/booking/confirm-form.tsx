"use client";
import type { BookingOptions } from "@parley/api/schema/schedule/openings";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { Field } from "@/components/field";
import { useDisplay } from "@/components/use-display";
import { CharacterCount } from "@/features/profile/character-count";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

export interface ConfirmFormProps {
  options: BookingOptions;
  start: string;
  minutes: number;
  /** Of the place that is kept; null where it is not, or no more. */
  holdId: string | null;
  /** False while the place is being taken: the booking would run into it. */
  isReady: boolean;
  onBooked(): void;
  onLost(failure: ShownFailure): void;
}

/** A word to the host, and the booking. What was typed survives every failure. */
export function ConfirmForm({ options, start, minutes, holdId, isReady, onBooked, onLost }: ConfirmFormProps) {
  const { username, displayName, requiresConsent } = options;
  const router = useRouter();
  const display = useDisplay();
  const request = trpc.bookings.request.useMutation();
  const [note, setNote] = useState("");
  const [noteError, setNoteError] = useState<string>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isDone, setIsDone] = useState(false);

  const submit = async () => {
    setProblem(null);
    setNoteError(undefined);
    try {
      const booked = await request.mutateAsync({
        hostUsername: username,
        start,
        durationMinutes: minutes,
        note: note.trim() || null,
        timezone: display?.timeZone,
        holdId,
      });
      setIsDone(true);
      onBooked();
      router.replace(`/bookings/${booked.id}?booked=1` as Route);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === "conflict" || failure.fields.start !== undefined) onLost(failure);
      else if (failure.fields.note !== undefined) setNoteError(failure.fields.note);
      else setProblem(failure.message);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!request.isPending && !isDone && isReady) void submit();
  };

  return (
    <form onSubmit={onSubmit} className="max-w-(--container-form) space-y-5">
      <Field
        label="A word to your host (optional)"
        name="note"
        rows={5}
        value={note}
        onChange={setNote}
        error={noteError === undefined ? undefined : `Your note ${noteError}.`}
        hint={
          <span className="flex justify-between gap-4">
            <span>What would you like to talk about? {displayName} reads it beforehand.</span>
            <CharacterCount text={note} max={noteLength} />
          </span>
        }
      />
      {requiresConsent && (
        <Callout title={`${displayName} answers each request in person.`}>
          <p className="text-muted">
            The time is yours while you wait. You hear by mail, here and in your notifications.
          </p>
        </Callout>
      )}
      {problem !== null && <Callout tone="danger" title={problem} />}
      <Button
        type="submit"
        tone="primary"
        size="large"
        isPending={request.isPending || isDone || !isReady}
        className="w-full sm:w-auto"
      >
        {request.isPending || isDone ? "Booking…" : requiresConsent ? "Ask for this time" : "Confirm booking"}
      </Button>
      <p className="text-sm text-muted">You both get an invitation by mail. Either of you may move or cancel it.</p>
    </form>
  );
}

const noteLength = 1_000;
