import { setImmediate as nextTurn } from "node:timers/promises";
import ICAL from "ical.js";
import { CalendarFileError } from "./calendar-file-error";
import { roughInstantOf } from "./wall-time";

/** Of a list in a rule, such as the days of BYDAY; the library's own work with them grows with their square. */
const maxListLength = 400;
const restEvery = 1_000;

/**
 * What reading one file may cost, counted in steps from one candidate date to the next. A rule can be written in a line
 * that never meets a date (31 February, every day), and the library would look for it without an end.
 */
export class BoundedWork {
  #left: number;
  #sinceRest = 0;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** @throws CalendarFileError `too_much` once more was asked for than there is. */
  spend(steps: number): void {
    this.#left -= steps;
    this.#sinceRest += steps;
    // Also where a count is none.
    if (!(this.#left >= 0)) throw new CalendarFileError("too_much");
  }

  /** Lets others have their turn, now and then: to be called between entries and occurrences. */
  async rest(): Promise<void> {
    if (this.#sinceRest < restEvery) return;
    this.#sinceRest = 0;
    await nextTurn();
  }

  /**
   * The dates of a rule, in order, each step of the search for them paid for. A search that has come past `horizon`
   * (milliseconds since the epoch, roughly) ends with whatever date it has come to.
   */
  iterate(rule: ICAL.Recur, dtstart: ICAL.Time, horizon = Number.POSITIVE_INFINITY): ICAL.RecurIterator {
    const lists = Object.values(rule.parts as Record<string, unknown[]>);
    if (lists.some((list) => list.length > maxListLength)) throw new CalendarFileError("too_much");
    this.spend((rule.parts.BYDAY?.length ?? 0) ** 2 / 100);
    return new (this.#iterator(horizon))({ rule, dtstart });
  }

  /** The rules of the zones that a file defines are the file's as well: the library is made to read them through us. */
  boundZones(calendar: ICAL.Component): void {
    for (const zone of calendar.getAllSubcomponents("vtimezone")) {
      for (const observance of zone.getAllSubcomponents()) {
        this.spend(1 + observance.getAllProperties("rdate").length);
        const rule = observance.getFirstPropertyValue("rrule");
        if (rule instanceof ICAL.Recur) rule.iterator = (dtstart) => this.iterate(rule, dtstart);
      }
    }
  }

  /** A class of its own for each file: the library begins to search while it is constructed. */
  #iterator(horizon: number): typeof ICAL.RecurIterator {
    const work = this;
    return class extends ICAL.RecurIterator {
      override check_contracting_rules(): boolean {
        work.spend(1);
        return roughInstantOf(this.last) > horizon || super.check_contracting_rules();
      }
      override expand_year_days(year: number): number {
        work.spend(5);
        return super.expand_year_days(year);
      }
      override increment_month(): void {
        work.spend(1);
        super.increment_month();
      }
      override increment_monthday(days: number): void {
        work.spend(days / 10);
        super.increment_monthday(days);
      }
    };
  }
}
