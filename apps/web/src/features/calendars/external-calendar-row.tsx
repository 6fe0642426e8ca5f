"use client";
import type { ExternalCalendar } from "@parley/api/schema/calendars/external";
import { CalendarDays } from "lucide-react";
import { Button } from "@/components/button";
import { LocalTime } from "@/components/local-time";

export interface ExternalCalendarRowProps {
  calendar: ExternalCalendar;
  isRefreshing: boolean;
  onRefresh(): void;
  onRemove(): void;
}

/** One calendar kept elsewhere: where it comes from, when it was read, and what still counts where it could not be. */
export function ExternalCalendarRow({ calendar, isRefreshing, onRefresh, onRemove }: ExternalCalendarRowProps) {
  const { name, host } = calendar;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 p-4">
      <CalendarDays aria-hidden="true" strokeWidth={1.5} className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-48 flex-1 space-y-1 wrap-anywhere">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">
          {host} <LastRead calendar={calendar} />
        </p>
        <Failure calendar={calendar} />
      </div>
      <div className="flex gap-2">
        <Button size="small" onPress={onRefresh} isPending={isRefreshing} aria-label={`Refresh ${name}`}>
          {isRefreshing ? "Reading…" : "Refresh"}
        </Button>
        <Button size="small" tone="quiet" onPress={onRemove} aria-label={`Remove ${name}`}>
          Remove
        </Button>
      </div>
    </li>
  );
}

function LastRead({ calendar: { fetchedAt, failure } }: { calendar: ExternalCalendar }) {
  if (fetchedAt === null || failure !== null) return null;
  return (
    <>
      · read <LocalTime instant={fetchedAt} look="ago" />
    </>
  );
}

function Failure({ calendar: { fetchedAt, failedAt, failure } }: { calendar: ExternalCalendar }) {
  if (failure === null || failedAt === null) return null;
  return (
    <p className="text-sm text-warn">
      Could not be read <LocalTime instant={failedAt} look="ago" />: it {failure}.
      {fetchedAt !== null && (
        <>
          {" "}
          The copy of <LocalTime instant={fetchedAt} /> still counts.
        </>
      )}
    </p>
  );
}
