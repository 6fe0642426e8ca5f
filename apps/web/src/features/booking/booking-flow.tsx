"use client";
import type { BookingOptions } from "@parley/api/schema/schedule/openings";
import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import type { ShownFailure } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { ConfirmStep, type Visitor } from "./confirm-step";
import { DurationChoice } from "./duration-choice";
import { OpeningPicker } from "./opening-picker";
import { useChoice } from "./use-choice";
import { usePlace } from "./use-place";

export interface BookingFlowProps {
  options: BookingOptions;
  visitor: Visitor;
}

/** From a length to a time to a booking. A time that is chosen is kept, so that nobody else takes it meanwhile. */
export function BookingFlow({ options, visitor }: BookingFlowProps) {
  const { username, displayName, durations } = options;
  const { choice, address, choose } = useChoice(durations);
  const { place, unkept, keep, release, forget } = usePlace(username);
  const [pending, setPending] = useState<number | null>(null);
  const [lost, setLost] = useState<{ start: number; failure: ShownFailure } | null>(null);
  const utils = trpc.useUtils();
  const { minutes, start } = choice;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(start);

  const refuse = (refused: string, failure: ShownFailure) => {
    setLost({ start: Date.parse(refused), failure });
    choose({ minutes, start: null }, "replace");
    void utils.schedule.openings.invalidate();
  };
  const take = async (instant: number) => {
    const wanted = new Date(instant).toISOString();
    setPending(instant);
    setLost(null);
    const failure = await keep(wanted, minutes);
    setPending(null);
    if (failure === null) choose({ minutes, start: wanted });
    else refuse(wanted, failure);
  };

  // Also where one arrives at a time: by an address, back from signing in, or by the browser's way back.
  useEffect(() => {
    const before = shown.current;
    shown.current = start;
    if (start !== before) heading.current?.focus();
    if (start === null) {
      if (before !== null) void release().then(() => utils.schedule.openings.invalidate());
      return;
    }
    let isOver = false;
    void keep(start, minutes).then((failure) => {
      if (failure !== null && !isOver) refuse(start, failure);
    });
    return () => {
      isOver = true;
    };
  }, [start, minutes]);

  if (start !== null) {
    return (
      <div className="space-y-6">
        <Button tone="quiet" size="small" className="-ml-3" onPress={() => choose({ minutes, start: null })}>
          <ArrowLeft aria-hidden="true" strokeWidth={1.5} className="size-4" /> Choose another time
        </Button>
        <ConfirmStep
          key={`${start} ${minutes}`}
          heading={heading}
          options={options}
          visitor={visitor}
          start={start}
          minutes={minutes}
          place={place}
          isUnkept={unkept === start}
          address={address}
          onBooked={forget}
          onLost={(failure) => refuse(start, failure)}
        />
      </div>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-[240px_minmax(0,1fr)]">
      <h2 ref={heading} tabIndex={-1} className="sr-only">
        Choose a time
      </h2>
      <DurationChoice
        durations={durations}
        value={minutes}
        onChange={(next) => choose({ minutes: next, start: null }, "replace")}
      />
      <div className="min-w-0 space-y-6">
        {lost !== null && <LostTime failure={lost.failure} />}
        <OpeningPicker
          username={username}
          hostName={displayName}
          minutes={minutes}
          windowDays={options.windowDays}
          around={lost?.start ?? (place === null ? null : Date.parse(place.start))}
          pending={pending}
          onChoose={(instant) => void take(instant)}
        />
      </div>
    </div>
  );
}

/** Why a time could not be had. The times beneath are read anew meanwhile. */
function LostTime({ failure }: { failure: ShownFailure }) {
  if (failure.code === "conflict") {
    return (
      <Callout tone="warn" title={`${failure.message}.`}>
        <p>The times below are open now.</p>
      </Callout>
    );
  }
  return (
    <Callout tone="danger" title={failure.message}>
      {failure.fields.start !== undefined && <p>The time {failure.fields.start}.</p>}
      {failure.code === "offline" ? null : <p className="text-muted">Choose a time again.</p>}
    </Callout>
  );
}
