"use client";
import { type ExternalCalendarList, maxExternalCalendars } from "@parley/api/schema/calendars/external";
import { AddCalendarForm } from "./add-calendar-form";
import { ExternalCalendarRow } from "./external-calendar-row";
import { useExternalCalendars } from "./use-external-calendars";

/** The calendars whose busy times close openings, and a form for one more. */
export function ExternalCalendars({ initial }: { initial: ExternalCalendarList }) {
  const { calendars, add, refresh, refreshingId, remove } = useExternalCalendars(initial);
  return (
    <div className="space-y-6">
      {calendars.length > 0 && (
        <ul className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
          {calendars.map((calendar) => (
            <ExternalCalendarRow
              key={calendar.id}
              calendar={calendar}
              isRefreshing={refreshingId === calendar.id}
              onRefresh={() => refresh(calendar.id)}
              onRemove={() => remove(calendar.id)}
            />
          ))}
        </ul>
      )}
      {calendars.length < maxExternalCalendars ? (
        <AddCalendarForm onAdd={add} />
      ) : (
        <p className="text-sm text-muted">
          You have {maxExternalCalendars} calendars, which is as many as can be read. Remove one to add another.
        </p>
      )}
    </div>
  );
}
