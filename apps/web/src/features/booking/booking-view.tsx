"use client";
import type { Booking } from "@parley/api/schema/bookings";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Callout } from "@/components/callout";
import { Card } from "@/components/card";
import { formatCents } from "@/components/money";
import { useDisplay } from "@/components/use-display";
import { ZoneSwitch } from "@/components/zone-switch";
import { StatusBadge } from "@/features/agenda/status-badge";
import { AddToCalendar } from "./add-to-calendar";
import { BookingActions } from "./booking-actions";
import { durationWords, timeWords } from "./time-words";
import { useBooking } from "./use-booking";

export interface BookingViewProps {
  booking: Booking;
  userId: string;
  /** The absolute address of this page, for calendars. */
  page: string;
  /** What has just been done here. */
  news: "booked" | "moved" | null;
}

/** One conversation: when, with whom, what it costs, where it stands, and what may be done about it. */
export function BookingView({ booking: rendered, userId, page, news }: BookingViewProps) {
  const { booking, party, ...control } = useBooking(rendered, userId);
  const { hostDisplayName, callerDisplayName, hostUsername, status, note } = booking;
  const other = party === "host" ? callerDisplayName : hostDisplayName;
  const title = `Conversation with ${other}`;
  const isLive = status === "confirmed" || status === "requested";
  return (
    <article className="space-y-8">
      <header className="space-y-3">
        <StatusBadge status={status} />
        <h1 className="display text-2xl wrap-anywhere md:text-3xl">{title}</h1>
      </header>
      {news !== null && isLive && <News news={news} booking={booking} />}
      <Standing booking={booking} party={party} />
      <Card className="p-5 sm:p-8">
        <When booking={booking} />
        <dl className="mt-6 grid gap-x-8 gap-y-4 border-t border-hairline pt-6 text-sm sm:grid-cols-3">
          <Fact name="Length">{durationWords(booking.durationMinutes)}</Fact>
          <Fact name="Price">
            {formatCents(booking.priceCents)}{" "}
            <span className="text-muted">at {formatCents(booking.rateCents)} / min</span>
          </Fact>
          <Fact name={party === "host" ? "Who calls" : "Your host"}>
            {party === "caller" && hostUsername !== null ? (
              <Link href={`/${hostUsername}` as Route} className="text-accent underline underline-offset-4">
                {hostDisplayName}
              </Link>
            ) : (
              other
            )}
          </Fact>
        </dl>
        {note !== null && (
          <div className="mt-6 border-t border-hairline pt-6">
            <h2 className="text-sm text-muted">{party === "host" ? `A word from ${other}` : "Your note"}</h2>
            <p className="prose-line mt-1 whitespace-pre-line wrap-anywhere">{note}</p>
          </div>
        )}
      </Card>
      {isLive && <AddToCalendar booking={booking} title={title} page={page} />}
      <BookingActions booking={booking} other={other} {...control} />
    </article>
  );
}

function When({ booking }: { booking: Booking }) {
  const display = useDisplay();
  if (display === null) return <div className="skeleton h-26 w-full" />;
  const words = timeWords(display);
  const [start, end] = [Date.parse(booking.start), Date.parse(booking.end)];
  return (
    <div className="space-y-1">
      <p className="display text-xl md:text-2xl">
        <time dateTime={booking.start}>{words.day(start)}</time>
      </p>
      <p className="text-lg">{words.range(start, end)}</p>
      <ZoneSwitch timeZone={display.timeZone} label={words.zone(start)} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="mt-0.5 font-medium wrap-anywhere">{children}</dd>
    </div>
  );
}

function News({ news, booking }: { news: "booked" | "moved"; booking: Booking }) {
  if (booking.status === "requested") {
    return (
      <Callout tone="success" title={`${booking.hostDisplayName} has your request.`}>
        <p>You hear by mail as soon as it is answered. The time is yours meanwhile.</p>
      </Callout>
    );
  }
  return (
    <Callout tone="success" title={news === "booked" ? "It is settled." : "It is moved."}>
      <p>You both have an invitation by mail. This page is where to move or cancel it.</p>
    </Callout>
  );
}

/** Who called it off, and why; or what it waits for. */
function Standing({ booking, party }: { booking: Booking; party: "host" | "caller" }) {
  const { status, endedBy, reason, hostDisplayName, callerDisplayName } = booking;
  if (status === "requested" && party === "host") {
    return (
      <Callout tone="warn" title={`${callerDisplayName} waits for your answer.`}>
        <p>Without one, the request ends when the conversation would begin.</p>
      </Callout>
    );
  }
  if (status === "expired") {
    return <Callout title="It was not answered before it would have begun, so it did not take place." />;
  }
  if (endedBy === null) return null;
  const who = endedBy === party ? "You" : endedBy === "host" ? hostDisplayName : callerDisplayName;
  return (
    <Callout title={`${who} ${status === "declined" ? "declined" : "cancelled"} it.`}>
      {reason !== null && <p className="text-muted whitespace-pre-line wrap-anywhere">“{reason}”</p>}
    </Callout>
  );
}
