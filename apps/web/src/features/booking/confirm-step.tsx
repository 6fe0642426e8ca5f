"use client";
import type { BookingOptions } from "@parley/api/schema/schedule/openings";
import { clsx } from "clsx";
import type { Ref } from "react";
import { Callout } from "@/components/callout";
import { Card } from "@/components/card";
import { formatCents } from "@/components/money";
import { useDisplay } from "@/components/use-display";
import { ZoneSwitch } from "@/components/zone-switch";
import type { ShownFailure } from "@/trpc/failure";
import { ConfirmForm } from "./confirm-form";
import { JoinFirst, VerifyFirst } from "./join-first";
import type { KeptPlace } from "./kept-place";
import { durationWords, timeWords } from "./time-words";
import { useSecondsUntil } from "./use-place";

/** Who books: nobody known yet, somebody whose address is not proven, or somebody who may. */
export type Visitor = { kind: "anonymous" } | { kind: "unverified"; email: string } | { kind: "member" };

export interface ConfirmStepProps {
  heading: Ref<HTMLHeadingElement>;
  options: BookingOptions;
  visitor: Visitor;
  start: string;
  minutes: number;
  /** Null until the place is kept. */
  place: KeptPlace | null;
  /** True where it is open, but cannot be kept. */
  isUnkept: boolean;
  /** Where to come back to after signing in: this very choice. */
  address: string;
  onBooked(): void;
  onLost(failure: ShownFailure): void;
}

/** What was chosen, at a glance; then who one is, a word to the host, and the booking itself. */
export function ConfirmStep({ options, visitor, start, minutes, place, isUnkept, address, ...rest }: ConfirmStepProps) {
  const { heading, ...done } = rest;
  const price = options.durations.find((duration) => duration.minutes === minutes)?.priceCents;
  const secondsLeft = useSecondsUntil(place?.expiresAt ?? null);
  const isKept = secondsLeft !== null && secondsLeft > 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_360px]">
      <Card className="p-5 sm:p-8 lg:order-last lg:p-6">
        <Summary start={start} minutes={minutes} />
        <dl className="mt-5 space-y-2 border-t border-hairline pt-5 text-sm">
          <Fact name="Length" value={durationWords(minutes)} />
          <Fact name="Rate" value={`${formatCents(options.rateCents)} / min`} />
          {price !== undefined && <Fact name="Price" value={formatCents(price)} isStrong />}
        </dl>
        <Keeping isUnkept={isUnkept} secondsLeft={secondsLeft} />
      </Card>
      <div className="min-w-0 space-y-6">
        <h2 ref={heading} tabIndex={-1} className="display text-xl outline-none">
          {visitor.kind === "member" ? "Is this right?" : "Almost there"}
        </h2>
        {secondsLeft === 0 && (
          <Callout tone="warn" title="We no longer keep this time for you.">
            <p>It may still be free: go on, and it is yours if nobody was quicker.</p>
          </Callout>
        )}
        {visitor.kind === "anonymous" && <JoinFirst address={address} />}
        {visitor.kind === "unverified" && <VerifyFirst email={visitor.email} />}
        {visitor.kind === "member" && (
          <ConfirmForm
            options={options}
            start={start}
            minutes={minutes}
            holdId={isKept && place !== null ? place.id : null}
            isReady={isUnkept || place !== null}
            {...done}
          />
        )}
      </div>
    </div>
  );
}

function Summary({ start, minutes }: { start: string; minutes: number }) {
  const display = useDisplay();
  if (display === null) return <div className="skeleton h-26" />;
  const words = timeWords(display);
  const from = Date.parse(start);
  return (
    <div className="space-y-1">
      <p className="display text-xl">
        <time dateTime={start}>{words.day(from)}</time>
      </p>
      <p className="text-lg">{words.range(from, from + minutes * 60_000)}</p>
      <ZoneSwitch timeZone={display.timeZone} label={words.zone(from)} />
    </div>
  );
}

function Fact({ name, value, isStrong = false }: { name: string; value: string; isStrong?: boolean }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd className={clsx(isStrong && "font-medium")}>{value}</dd>
    </div>
  );
}

/** Quiet: the seconds pass for eyes alone, and only the end of them is said aloud. */
function Keeping({ isUnkept, secondsLeft }: { isUnkept: boolean; secondsLeft: number | null }) {
  const text = isUnkept
    ? "Not kept for you: too many places are being kept where you are. It is yours once you book it."
    : secondsLeft === null
      ? "Keeping this time for you…"
      : secondsLeft > 0
        ? `Kept for you for ${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`
        : "No longer kept for you";
  return <p className="mt-5 border-t border-hairline pt-4 text-sm text-muted">{text}</p>;
}
