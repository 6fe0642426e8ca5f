import type { BusyTime } from "@parley/calendar-file/busy-times";
import type { Database, Transaction } from "@parley/db";
import { uniqueViolation } from "@parley/db/errors";
import { enqueue } from "@parley/db/jobs";
import { maxExternalCalendars } from "./schema";

/** An external calendar as it is kept; its address sealed. */
export interface StoredCalendar {
  id: string;
  name: string;
  sealedUrl: Uint8Array;
  fetchedAt: Date | null;
  failedAt: Date | null;
  failure: string | null;
  createdAt: Date;
}

/** What a refresh has to know. */
export interface CalendarToRefresh {
  userId: string;
  sealedUrl: Uint8Array;
  etag: string | null;
  readAt: Date | null;
  timezone: string | null;
  /** In which its owner keeps hours now. */
  ownTimezone: string;
}

/** A copy that was read: its busy times, and for which zone they are. */
export interface Reading {
  busyTimes: readonly BusyTime[];
  timezone: string;
  etag: string | null;
  readAt: Date;
}

export interface NewCalendar {
  id: string;
  userId: string;
  name: string;
  sealedUrl: Uint8Array<ArrayBuffer>;
  urlHash: Uint8Array<ArrayBuffer>;
}

export type AddResult = "added" | "too_many" | "known" | "account_gone";

export type ExternalCalendarStore = ReturnType<typeof createExternalCalendarStore>;

const shownColumns = {
  ...{ id: true, name: true, sealedUrl: true, fetchedAt: true, failedAt: true, failure: true, createdAt: true },
} as const;

export function createExternalCalendarStore({ prisma }: Database) {
  return {
    /** In the order in which they were added. */
    async list(userId: string): Promise<StoredCalendar[]> {
      return prisma.externalCalendar.findMany({
        where: { userId },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        select: shownColumns,
      });
    },

    /** Null where there is no such calendar of this user. */
    async find(userId: string, id: string): Promise<StoredCalendar | null> {
      return prisma.externalCalendar.findFirst({ where: { id, userId }, select: shownColumns });
    },

    /** The zone in which a person keeps hours. */
    async findTimezone(userId: string): Promise<string> {
      const schedule = await prisma.schedule.findUnique({ where: { userId }, select: { timezone: true } });
      return schedule?.timezone ?? "UTC";
    },

    /** The row of the person is locked: of several additions at once, none goes over the most there may be. */
    async add(calendar: NewCalendar, reading: Reading): Promise<AddResult> {
      try {
        return await prisma.$transaction(async (tx): Promise<AddResult> => {
          const [user] = await tx.$queryRaw<object[]>`
            SELECT id FROM users WHERE id = ${calendar.userId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
          if (user === undefined) return "account_gone";
          const count = await tx.externalCalendar.count({ where: { userId: calendar.userId } });
          if (count >= maxExternalCalendars) return "too_many";
          await tx.externalCalendar.create({ data: calendar, select: { id: true } });
          await keepReading(tx, calendar, reading);
          return "added";
        });
      } catch (error) {
        if (uniqueViolation(error) === "external_calendars_user_id_url_hash_key") return "known";
        throw error;
      }
    },

    /** Its busy times go with it. False where there is no such calendar of this user. */
    async remove(userId: string, id: string): Promise<boolean> {
      const { count } = await prisma.externalCalendar.deleteMany({ where: { id, userId } });
      return count === 1;
    },

    /** Null for a calendar, or a person, who is no more. */
    async findToRefresh(id: string): Promise<CalendarToRefresh | null> {
      const row = await prisma.externalCalendar.findFirst({
        where: { id, user: { deletedAt: null } },
        select: {
          ...{ userId: true, sealedUrl: true, etag: true, readAt: true, timezone: true },
          user: { select: { schedule: { select: { timezone: true } } } },
        },
      });
      if (row === null) return null;
      const { user, ...calendar } = row;
      return { ...calendar, ownTimezone: user.schedule?.timezone ?? "UTC" };
    },

    /** All its busy times at once, or none: who looks meanwhile sees the former copy. Of a calendar removed since, none. */
    async saveReading(id: string, reading: Reading): Promise<void> {
      await prisma.$transaction(async (tx) => {
        const [calendar] = await tx.$queryRaw<{ userId: string }[]>`
          SELECT user_id AS "userId" FROM external_calendars WHERE id = ${id}::uuid FOR UPDATE`;
        if (calendar !== undefined) await keepReading(tx, { id, userId: calendar.userId }, reading);
      });
    },

    /** The copy we have is still the present one. */
    async saveUnchanged(id: string, fetchedAt: Date): Promise<void> {
      await prisma.externalCalendar.updateMany({ where: { id }, data: { fetchedAt, failedAt: null, failure: null } });
    },

    /** The last good copy stays as it is. */
    async saveFailure(id: string, failure: string, failedAt: Date): Promise<void> {
      await prisma.externalCalendar.updateMany({ where: { id }, data: { failedAt, failure } });
    },

    /** Orders a refresh of every calendar that was last asked for before an instant; one at a time, and each once. */
    async orderRefreshes(before: Date): Promise<void> {
      await prisma.$transaction(async (tx) => {
        const due = await tx.externalCalendar.findMany({
          where: {
            user: { deletedAt: null },
            AND: [
              { OR: [{ fetchedAt: null }, { fetchedAt: { lt: before } }] },
              { OR: [{ failedAt: null }, { failedAt: { lt: before } }] },
            ],
          },
          select: { id: true },
        });
        for (const { id } of due) {
          const order = { jobKey: `calendars.refresh:${id}`, queueName: "calendars.refresh", maxAttempts: 3 };
          await enqueue(tx, "calendars.refresh", { calendarId: id }, order);
        }
      });
    },
  };
}

async function keepReading(
  tx: Transaction,
  { id, userId }: { id: string; userId: string },
  { busyTimes, timezone, etag, readAt }: Reading,
): Promise<void> {
  const starts = busyTimes.map(({ start }) => new Date(start).toISOString());
  const ends = busyTimes.map(({ end }) => new Date(end).toISOString());
  await tx.$executeRaw`DELETE FROM external_busy_times WHERE calendar_id = ${id}::uuid`;
  await tx.$executeRaw`
    INSERT INTO external_busy_times (id, calendar_id, user_id, during)
    SELECT gen_random_uuid(), ${id}::uuid, ${userId}::uuid, tstzrange(busy.start::timestamptz, busy."end"::timestamptz)
    FROM unnest(${starts}::text[], ${ends}::text[]) AS busy (start, "end")`;
  await tx.externalCalendar.update({
    where: { id },
    data: { fetchedAt: readAt, readAt, timezone, etag, failedAt: null, failure: null },
    select: { id: true },
  });
}
