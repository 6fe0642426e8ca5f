"use client";
import type { Booking } from "@parley/api/schema/bookings";
import { clsx } from "clsx";
import { Button } from "@/components/button";
import { countOf } from "@/components/count";
import { isoDate, monthOf, weeksOf } from "@/components/month-days";
import { MonthTurn } from "@/components/month-turn";
import { weekStartOf } from "@/components/week-start";
import { dayLength } from "@/components/zone-clock";
import type { TimeWords } from "@/features/booking/time-words";

export interface MonthViewProps {
  locale: string;
  /** Months and dates are told by their midnight in UTC. */
  month: number;
  today: number;
  chosen: number | null;
  days: ReadonlyMap<number, readonly Booking[]>;
  userId: string;
  words: TimeWords;
  isLoading: boolean;
  onMonth(month: number): void;
  onChoose(date: number): void;
}

const namedADay = 3;
const dotsADay = 4;

/** A month of conversations: each day is a button that shows its own. On a phone a day only says how many there are. */
export function MonthView(props: MonthViewProps) {
  const { locale, month, today, chosen, days, userId, words, isLoading, onMonth, onChoose } = props;
  const weekStart = weekStartOf(locale);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const title = format({ month: "long", year: "numeric" }).format(month);
  const dayName = format({ weekday: "long", day: "numeric", month: "long" });
  const [long, short] = [format({ weekday: "long" }), format({ weekday: "short" })];
  const weeks = weeksOf(month, weekStart);
  return (
    <section aria-label="Month" aria-busy={isLoading} className="min-w-0">
      <div className="flex items-center justify-between gap-2">
        <h2 aria-live="polite" className="display text-xl">
          {title}
        </h2>
        <div className="-mr-2 flex items-center">
          <Button tone="quiet" size="small" onPress={() => onMonth(monthOf(today))}>
            Today
          </Button>
          <MonthTurn month={month} onMonth={onMonth} />
        </div>
      </div>
      <table className="mt-4 w-full table-fixed border-collapse">
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => someSunday + (weekStart + index) * dayLength).map((weekday) => (
              <th key={weekday} scope="col" abbr={long.format(weekday)} className="pb-2 text-xs font-normal text-muted">
                {short.format(weekday)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((date) => date !== null)}>
              {week.map((date, index) => (
                <td
                  key={index}
                  className={clsx(
                    "relative h-14 border border-hairline p-0 align-top md:h-24",
                    date === null && "bg-sunken",
                  )}
                >
                  {date !== null && (
                    <DayCell
                      date={date}
                      name={dayName.format(date)}
                      isToday={date === today}
                      isPast={date < today}
                      isChosen={date === chosen}
                      bookings={days.get(date) ?? []}
                      userId={userId}
                      words={words}
                      onChoose={onChoose}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DayCellProps extends Pick<MonthViewProps, "userId" | "words" | "onChoose"> {
  date: number;
  name: string;
  isToday: boolean;
  isPast: boolean;
  isChosen: boolean;
  bookings: readonly Booking[];
}

function DayCell({ date, name, isToday, isPast, isChosen, bookings, userId, words, onChoose }: DayCellProps) {
  const count = bookings.length;
  return (
    <>
      <button
        type="button"
        aria-pressed={isChosen}
        aria-current={isToday ? "date" : undefined}
        aria-label={`${name}, ${count === 0 ? "nothing" : countOf(count, "conversation")}`}
        data-date={isoDate(date)}
        onClick={() => onChoose(date)}
        className={clsx(
          "absolute inset-0 size-full -outline-offset-2 transition-colors duration-150 ease-out",
          isChosen ? "bg-accent-soft" : "bg-raised hover:bg-sunken",
        )}
      />
      {/* For eyes: the button says the day, and the days in words stand beside it. */}
      <div aria-hidden="true" className="pointer-events-none relative flex flex-col gap-1 p-1 text-xs md:p-1.5">
        <span
          className={clsx(
            "flex size-6 items-center justify-center rounded-full",
            isToday ? "bg-accent font-medium text-on-accent" : isPast ? "text-muted" : "text-ink",
          )}
        >
          {new Date(date).getUTCDate()}
        </span>
        <div className="flex gap-0.5 px-1 md:hidden">
          {bookings.slice(0, dotsADay).map(({ id, status }) => (
            <span
              key={id}
              className={clsx("size-1.5 rounded-full", status === "requested" ? "bg-warn" : "bg-accent")}
            />
          ))}
        </div>
        <div className="space-y-0.5 max-md:hidden">
          {bookings.slice(0, namedADay).map((booking) => (
            <p
              key={booking.id}
              className={clsx(
                "truncate rounded-sm px-1 leading-5",
                booking.status === "requested" ? "bg-warn-soft text-warn" : "bg-accent-soft text-accent",
              )}
            >
              {words.time(Date.parse(booking.start))}{" "}
              {booking.hostId === userId ? booking.callerDisplayName : booking.hostDisplayName}
            </p>
          ))}
          {count > namedADay && <p className="px-1 text-muted">{count - namedADay} more</p>}
        </div>
      </div>
    </>
  );
}

// Some Sunday.
const someSunday = Date.UTC(2026, 10, 22);
