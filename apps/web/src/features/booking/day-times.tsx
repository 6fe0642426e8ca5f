"use client";
import { clsx } from "clsx";
import { countOf } from "@/components/count";
import type { ZoneClock } from "@/components/zone-clock";
import type { TimeWords } from "./time-words";

export interface DayTimesProps {
  /** When a conversation may start on one date of the viewer's zone, sorted. */
  starts: readonly number[];
  clock: ZoneClock;
  words: TimeWords;
  /** The one that is being kept at this moment. */
  pending: number | null;
  onChoose(start: number): void;
}

const parts = [
  { name: "Morning", until: 12 * 60 },
  { name: "Afternoon", until: 17 * 60 },
  { name: "Evening", until: 24 * 60 },
] as const;

/** The times of a day, by its parts. */
export function DayTimes({ starts, clock, words, pending, onChoose }: DayTimesProps) {
  const [first] = starts;
  if (first === undefined) return null;
  const labels = labelsOf(starts, words);
  const partOf = (start: number) => parts.find(({ until }) => clock(start).minute < until)?.name;
  return (
    <section aria-labelledby="times" className="min-w-0">
      <h3 id="times" className="display flex min-h-10 items-center text-lg">
        {words.shortDay(first)}
      </h3>
      <p role="status" className="sr-only">
        {countOf(starts.length, "time")} on {words.day(first)}
      </p>
      <div className="mt-3 space-y-5">
        {parts.map(({ name }) => {
          const own = starts.filter((start) => partOf(start) === name);
          if (own.length === 0) return null;
          return (
            <div key={name}>
              <h4 className="text-xs text-muted">{name}</h4>
              <ul className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
                {own.map((start) => (
                  <li key={start}>
                    <button
                      type="button"
                      aria-disabled={pending !== null}
                      onClick={() => pending === null && onChoose(start)}
                      className={clsx(
                        "h-11 w-full rounded-lg border px-2 text-sm font-medium whitespace-nowrap transition-colors duration-150 ease-out",
                        pending === start
                          ? "border-accent bg-accent text-on-accent"
                          : "border-control/60 bg-raised hover:border-accent hover:bg-accent-soft hover:text-accent",
                        pending !== null && pending !== start && "opacity-55",
                      )}
                    >
                      {pending === start ? (
                        "Keeping…"
                      ) : (
                        <time dateTime={new Date(start).toISOString()}>{labels.get(start)}</time>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** Where clocks go back, an hour's times come twice in one day: those say by which offset. */
function labelsOf(starts: readonly number[], words: TimeWords): Map<number, string> {
  const count = new Map<string, number>();
  for (const start of starts) count.set(words.time(start), (count.get(words.time(start)) ?? 0) + 1);
  return new Map(
    starts.map((start) => {
      const time = words.time(start);
      return [start, count.get(time) === 1 ? time : `${time} ${words.offset(start)}`];
    }),
  );
}
