import type { Database } from "@parley/db";
import type { Connection } from "@parley/db/transaction";
import { type PublicRow, publicColumns, type StoredPublicProfile, toPublicProfile } from "../../profile/store";
import { type BookingRules, defaultBookingRules } from "../booking-rules/rules";
import { millisecondsPerDay } from "../clocks/rules";
import type { DateOverride } from "../overrides/rules";
import type { WeeklySlot } from "../weekly/rules";
import { type HostSchedule, lookBackDays } from "./rules";

/** The time that is asked about, in milliseconds since the epoch, and the present, which holds may have outlived. */
export interface Period {
  from: number;
  to: number;
  now: number;
}

export interface StoredHost {
  profile: StoredPublicProfile;
  schedule: HostSchedule;
}

export type OpeningStore = ReturnType<typeof createOpeningStore>;

// Times leave as milliseconds since the epoch, and dates as text: no zone is known here.
const milliseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/** Of users `u` and their schedules `s`; `isOfDate` says of overrides `o` which are wanted. */
export const hoursColumns = (isOfDate: string) => `coalesce(s.timezone, 'UTC') AS timezone,
  (SELECT json_agg(json_build_object('dayOfWeek', w.day_of_week, 'startMinute', w.start_minute, 'endMinute', w.end_minute))
    FROM weekly_slots w WHERE w.schedule_id = s.id) AS weekly_slots,
  (SELECT json_agg(json_build_object('date', o.date, 'slots', coalesce(
      (SELECT json_agg(json_build_object('startMinute', t.start_minute, 'endMinute', t.end_minute))
        FROM override_slots t WHERE t.schedule_id = o.schedule_id AND t.date = o.date), '[]')))
    FROM date_overrides o WHERE o.schedule_id = s.id AND ${isOfDate}) AS overrides,
  (SELECT json_build_object('durationsMinutes', b.durations_minutes, 'stepMinutes', b.step_minutes,
      'bufferBeforeMinutes', b.buffer_before_minutes, 'bufferAfterMinutes', b.buffer_after_minutes,
      'minimumNoticeMinutes', b.minimum_notice_minutes, 'windowDays', b.window_days, 'maxPerDay', b.max_per_day,
      'requiresConsent', b.requires_consent)
    FROM booking_rules b WHERE b.host_id = u.id) AS rules`;

/** $1 and $2 are the time asked about with what lies around it, $3 the present, $4 and $5 its dates. */
const scheduleColumns = `${hoursColumns("o.date BETWEEN $4::date AND $5::date")},
  (SELECT json_agg(json_build_array(${milliseconds("lower(r.during)")}, ${milliseconds("upper(r.during)")},
      ${milliseconds("r.hosted_from")}))
    FROM reserved_times r WHERE r.user_id = u.id AND r.during && tstzrange($1::timestamptz, $2::timestamptz)
      AND (r.expires_at IS NULL OR r.expires_at > $3::timestamptz)) AS reserved,
  (SELECT json_agg(json_build_array(${milliseconds("lower(e.during)")}, ${milliseconds("upper(e.during)")}))
    FROM external_busy_times e
    WHERE e.user_id = u.id AND e.during && tstzrange($1::timestamptz, $2::timestamptz)) AS busy`;

const from = "FROM users u LEFT JOIN schedules s ON s.user_id = u.id";

const selectSchedule = `SELECT ${scheduleColumns} ${from} WHERE u.id = $6`;

const selectHost = `SELECT ${publicColumns}, ${scheduleColumns} ${from}
  WHERE u.username = $6 AND u.role = 'host' AND u.deleted_at IS NULL`;

const selectSchedules = `SELECT u.id, ${scheduleColumns} ${from}
  WHERE u.id = ANY ($6::uuid[]) AND u.role = 'host' AND u.deleted_at IS NULL AND s.id IS NOT NULL`;

const selectHosts = `SELECT ${publicColumns}, ${scheduleColumns} ${from}
  WHERE u.role = 'host' AND u.deleted_at IS NULL AND s.id IS NOT NULL
  ORDER BY u.is_available DESC, u.follower_count DESC, u.id DESC LIMIT $6`;

/** All that openings are found from, in one statement, however long the time asked about and however many hosts. */
export function createOpeningStore({ pool }: Pick<Database, "pool">) {
  return {
    /**
     * What decides when a person can be booked; null where there is no such person. On the connection of a transaction it
     * sees what that has done, and so must a booking look.
     */
    async findSchedule(
      hostId: string,
      period: Period,
      connection: Connection | typeof pool = pool,
    ): Promise<HostSchedule | null> {
      const { rows } = await connection.query<ScheduleRow>({
        name: "openings.schedule",
        text: selectSchedule,
        values: [...parametersOf(period), hostId],
      });
      return rows[0] === undefined ? null : toSchedule(rows[0]);
    },

    async findHostByUsername(username: string, period: Period): Promise<StoredHost | null> {
      const { rows } = await pool.query<HostRow>({
        name: "openings.host",
        text: selectHost,
        values: [...parametersOf(period), username],
      });
      return rows[0] === undefined ? null : toHost(rows[0]);
    },

    /** By the ids of those hosts among these who keep hours. */
    async findSchedules(hostIds: readonly string[], period: Period): Promise<Map<string, HostSchedule>> {
      const { rows } = await pool.query<ScheduleRow & { id: string }>({
        name: "openings.schedules",
        text: selectSchedules,
        values: [...parametersOf(period), hostIds],
      });
      return new Map(rows.map((row) => [row.id, toSchedule(row)]));
    },

    /** Hosts who keep hours, in the directory's order, at most so many. */
    async listHosts(period: Period, limit: number): Promise<StoredHost[]> {
      const { rows } = await pool.query<HostRow>({
        name: "openings.hosts",
        text: selectHosts,
        values: [...parametersOf(period), limit],
      });
      return rows.map(toHost);
    },
  };
}

/** A booking counts on the whole of its date, which may begin a day before; buffers and zones reach less far. */
const reach = 2 * millisecondsPerDay;
/** JavaScript spells years beyond 9999, and before the year 0, in a way of its own. */
const farthest = Date.UTC(9000, 0);

function parametersOf({ from, to, now }: Period): string[] {
  const instant = (time: number) => new Date(Math.min(Math.max(time, 0), farthest)).toISOString();
  const date = (time: number) => instant(time).slice(0, 10);
  return [
    instant(from - reach),
    instant(to + reach),
    instant(now),
    date(from - lookBackDays * millisecondsPerDay - reach),
    date(to + reach),
  ];
}

/** What a subselect found nothing for is null. */
export interface HoursRow {
  timezone: string;
  weekly_slots: WeeklySlot[] | null;
  overrides: DateOverride[] | null;
  rules: BookingRules | null;
}

interface ScheduleRow extends HoursRow {
  reserved: [start: number, end: number, hostedFrom: number | null][] | null;
  busy: [start: number, end: number][] | null;
}

type HostRow = PublicRow & ScheduleRow;

function toHost(row: HostRow): StoredHost {
  return { profile: toPublicProfile(row), schedule: toSchedule(row) };
}

export function toHours({ timezone, weekly_slots, overrides, rules }: HoursRow) {
  return {
    timezone,
    weeklySlots: weekly_slots ?? [],
    overrides: overrides ?? [],
    rules: rules ?? defaultBookingRules,
  };
}

function toSchedule({ reserved, busy, ...hours }: ScheduleRow): HostSchedule {
  return {
    ...toHours(hours),
    taken: [...(reserved ?? []), ...(busy ?? [])].map(([start, end]) => ({ start, end })),
    hostedStarts: (reserved ?? []).flatMap(([, , hostedFrom]) => (hostedFrom === null ? [] : [hostedFrom])),
  };
}
