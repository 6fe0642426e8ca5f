import type { DaySlot } from "@parley/api/rules/schedule/overrides";
import { clsx } from "clsx";
import type { Clock } from "./clock";
import { placeOnGrid } from "./grid-place";
import type { ShownBooking, ShownDay } from "./use-shown-week";

export interface WeekMarksProps {
  days: readonly ShownDay[];
  clock: Clock;
}

const hatching = "repeating-linear-gradient(135deg, transparent 0 6px, var(--control) 6px 7px)";

/**
 * What is drawn over the usual week where a real one differs: dates with hours of their own, and what is booked. The
 * lines above the grid say the same in words, and take the presses.
 */
export function WeekMarks({ days, clock }: WeekMarksProps) {
  return (
    <div aria-hidden="true" className="contents">
      {days.map((day) => (
        <div key={day.date} className="contents">
          {day.override !== null && <Override day={day} override={day.override} clock={clock} />}
          {day.bookings.map((part) => (
            <Booked key={part.booking.id} dayOfWeek={day.dayOfWeek} part={part} clock={clock} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Override({ day, override, clock }: { day: ShownDay; override: readonly DaySlot[]; clock: Clock }) {
  const { dayOfWeek } = day;
  return (
    <>
      <div
        className="absolute rounded-md bg-paper/70"
        style={{
          ...placeOnGrid({ dayOfWeek, startMinute: 0, endMinute: 1440 }, clock.days),
          backgroundImage: hatching,
        }}
      >
        {override.length === 0 && (
          <p className="mx-auto mt-2 w-fit rounded-sm bg-paper px-1.5 text-xs font-medium text-danger">Closed</p>
        )}
      </div>
      {override.map((slot) => (
        <div
          key={slot.startMinute}
          className="absolute overflow-hidden rounded-md border border-dashed border-accent bg-accent-soft px-1.5 py-0.5 text-xs leading-tight font-medium text-accent-strong"
          style={placeOnGrid({ dayOfWeek, ...slot }, clock.days)}
        >
          <span className="whitespace-nowrap">{clock.time(slot.startMinute)}</span>
        </div>
      ))}
    </>
  );
}

function Booked({ dayOfWeek, part, clock }: { dayOfWeek: number; part: ShownBooking; clock: Clock }) {
  const { booking, startMinute, endMinute } = part;
  const { left: _, width: __, ...place } = placeOnGrid({ dayOfWeek, startMinute, endMinute }, clock.days);
  return (
    <div
      className={clsx(
        "absolute min-h-1.5 overflow-hidden rounded-sm px-1 text-[0.6875rem] leading-tight",
        booking.status === "requested"
          ? "border border-dashed border-warn bg-warn-soft text-warn"
          : "bg-accent text-on-accent",
      )}
      style={{
        ...place,
        // The right half of its day: the hours that it stands in remain to be seen and held.
        left: `calc(${((clock.days.indexOf(dayOfWeek) + 0.5) / 7) * 100}%)`,
        width: `calc(${50 / 7}% - 6px)`,
      }}
    >
      {endMinute - startMinute >= 30 && clock.time(startMinute)}
    </div>
  );
}
