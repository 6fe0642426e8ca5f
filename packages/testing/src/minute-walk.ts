/**
 * Openings found by walking through time minute by minute: a second implementation, plain and slow, which shares nothing
 * with the first. Tests hold the one against the other, and the benchmark measures what the other costs.
 */
export interface WalkRequest {
  weeklySlots: readonly { dayOfWeek: number; startMinute: number; endMinute: number }[];
  overrides: readonly { date: string; slots: readonly { startMinute: number; endMinute: number }[] }[];
  rules: {
    durationsMinutes: readonly number[];
    stepMinutes: number;
    bufferBeforeMinutes: number;
    bufferAfterMinutes: number;
    minimumNoticeMinutes: number;
    windowDays: number;
    maxPerDay: number | null;
  };
  taken: readonly { start: number; end: number }[];
  hostedStarts: readonly number[];
  now: number;
  from: number;
  to: number;
  durationMinutes: number;
}

/** What a wall clock shows at each minute of a stretch, in minutes that would be since the epoch if it showed UTC. */
export interface WallClock {
  /** The first minute of the stretch, since the epoch. */
  first: number;
  shown: Int32Array;
  /** The latest that it has shown up to a minute, and the earliest that it will show from then on. */
  latest: Int32Array;
  earliest: Int32Array;
  /** Wall times that it never shows. */
  gaps: { start: number; end: number }[];
}

const minute = 60_000;
const day = 24 * 60;

/** Asks the runtime's formatter what time it is: every hour, and every minute of an hour in which clocks change. */
export function readWallClock(timezone: string, from: number, to: number): WallClock {
  const show = wallMinutes(timezone);
  const first = Math.floor(from / minute / 60) * 60;
  const shown = new Int32Array(Math.ceil((to / minute - first) / 60) * 60);
  for (let index = 0; index < shown.length; index += 60) {
    const start = show(first + index);
    const isSteady = show(first + index + 60) === start + 60;
    for (let more = 0; more < 60; more += 1) shown[index + more] = isSteady ? start + more : show(first + index + more);
  }
  return { first, shown, ...extremesOf(shown), gaps: gapsOf(shown) };
}

/** Starts that can be booked. The clock must show the time from 16 days before the request's to a day after it. */
export function walkOpenings(request: WalkRequest, clock: WallClock): number[] {
  const { rules, durationMinutes: duration, now, from, to } = request;
  const after = (time: number) => clock.gaps.find(({ start, end }) => start <= time && time < end);
  const moved = (time: number) => {
    const gap = after(time);
    return gap === undefined ? time : time + gap.end - gap.start;
  };
  const begin = Math.floor(from / minute) - 16 * day - clock.first;
  const end = Math.ceil(to / minute) + duration - clock.first;
  const at = (values: Int32Array, index: number) => values[index] ?? Number.NaN;
  const dateAt = (index: number) => Math.floor(at(clock.shown, index) / day);

  const isOpen = new Uint8Array(end - begin);
  for (let date = dateAt(begin) - 3; date <= dateAt(end) + 1; date += 1) {
    if (clock.gaps.some((gap) => gap.start <= date * day && (date + 1) * day <= gap.end)) continue;
    const name = new Date(date * day * minute);
    const own =
      request.overrides.find((override) => override.date === name.toISOString().slice(0, 10))?.slots ??
      request.weeklySlots.filter(({ dayOfWeek }) => dayOfWeek === name.getUTCDay());
    for (const { startMinute, endMinute } of own) {
      const [start, stop] = [moved(date * day + startMinute), moved(date * day + endMinute)];
      const until = Math.min(end, (date + 3) * day - clock.first);
      for (let index = Math.max(begin, (date - 1) * day - clock.first); index < until; index += 1) {
        // A start has come the first time that it is shown; an end, when it will not be shown again.
        if (start <= at(clock.latest, index) && at(clock.earliest, index + 1) <= stop) isOpen[index - begin] = 1;
      }
    }
  }

  const starts: number[] = [];
  const lastDate = dateAt(Math.floor(now / minute) - clock.first) + rules.windowDays;
  const hostedOn = request.hostedStarts.map((start) => dateAt(Math.floor(start / minute) - clock.first));
  let [opened, week, weekBefore] = [begin, begin, begin];
  let sunday = dateAt(begin) + 7 - new Date(dateAt(begin) * day * minute).getUTCDay();
  for (let index = begin; index < end; index += 1) {
    if (at(clock.latest, index) >= moved(sunday * day)) {
      [week, weekBefore] = [index, week];
      sunday += 7;
    }
    if (isOpen[index - begin] !== 1) opened = index + 1;
    const time = (clock.first + index) * minute;
    if (time < from || time >= to || time < now + rules.minimumNoticeMinutes * minute) continue;
    if ((index - Math.max(opened, weekBefore)) % rules.stepMinutes !== 0) continue;
    if (isOpen.subarray(index - begin, index - begin + duration).indexOf(0) !== -1) continue;
    const date = dateAt(index);
    if (date > lastDate) continue;
    if (rules.maxPerDay !== null && hostedOn.filter((one) => one === date).length >= rules.maxPerDay) continue;
    const reserved = {
      start: time - rules.bufferBeforeMinutes * minute,
      end: time + (duration + rules.bufferAfterMinutes) * minute,
    };
    const isTaken = request.taken.some(
      (one) => one.start < one.end && one.start < reserved.end && reserved.start < one.end,
    );
    if (!isTaken) starts.push(time);
  }
  return starts;
}

/** What clocks show at a minute since the epoch. */
function wallMinutes(timezone: string): (sinceEpoch: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" },
  });
  return (sinceEpoch) => {
    const [month = 0, date = 0, year = 0, hours = 0, minutes = 0] = (
      format.format(sinceEpoch * minute).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, date, hours, minutes) / minute;
  };
}

function extremesOf(shown: Int32Array): { latest: Int32Array; earliest: Int32Array } {
  const [latest, earliest] = [shown.slice(), shown.slice()];
  for (let index = 1; index < shown.length; index += 1) {
    latest[index] = Math.max(latest[index] ?? 0, latest[index - 1] ?? 0);
  }
  for (let index = shown.length - 2; index >= 0; index -= 1) {
    earliest[index] = Math.min(earliest[index] ?? 0, earliest[index + 1] ?? 0);
  }
  return { latest, earliest };
}

function gapsOf(shown: Int32Array): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = [];
  for (let index = 1; index < shown.length; index += 1) {
    const [before = 0, after = 0] = [shown[index - 1], shown[index]];
    if (after > before + 1) gaps.push({ start: before + 1, end: after });
  }
  return gaps;
}
