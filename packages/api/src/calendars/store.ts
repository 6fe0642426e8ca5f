import type { Database } from "@parley/db";
import type { CalendarBooking, Party } from "./rules";

export type CalendarStore = ReturnType<typeof createCalendarStore>;

/** A booking, and which side of it the reader is on. */
export interface BookingOfParty {
  party: Party;
  booking: CalendarBooking;
}

/** What a `CalendarBooking` is read by. */
export const bookingColumns = {
  id: true,
  hostId: true,
  status: true,
  startsAt: true,
  endsAt: true,
  note: true,
  priceCents: true,
  reason: true,
  sequence: true,
  updatedAt: true,
  host: { select: { displayName: true } },
  caller: { select: { displayName: true } },
} as const;

export function createCalendarStore({ prisma }: Database) {
  return {
    /** Null where there is no such booking, or it is other people's. */
    async findBooking(userId: string, id: string): Promise<BookingOfParty | null> {
      const row = await prisma.booking.findFirst({
        where: { id, OR: [{ hostId: userId }, { callerId: userId }] },
        select: bookingColumns,
      });
      if (row === null) return null;
      return { party: row.hostId === userId ? "host" : "caller", booking: toBooking(row) };
    },

    /** What one party has on record from an instant on, by start; the latest `limit` of it. */
    async listBookings(userId: string, party: Party, since: Date, limit: number): Promise<CalendarBooking[]> {
      const rows = await prisma.booking.findMany({
        where: { ...(party === "host" ? { hostId: userId } : { callerId: userId }), endsAt: { gte: since } },
        orderBy: [{ startsAt: "desc" }, { id: "desc" }],
        take: limit,
        select: bookingColumns,
      });
      return rows.map(toBooking).reverse();
    },
  };
}

interface BookingRow {
  id: string;
  status: CalendarBooking["status"];
  startsAt: Date;
  endsAt: Date;
  note: string | null;
  priceCents: number;
  reason: string | null;
  sequence: number;
  updatedAt: Date;
  host: { displayName: string };
  caller: { displayName: string };
}

export function toBooking({ startsAt, endsAt, updatedAt, host, caller, ...row }: BookingRow): CalendarBooking {
  const { id, status, note, priceCents, reason, sequence } = row;
  return {
    ...{ id, status, note, priceCents, reason, sequence },
    start: startsAt.toISOString(),
    end: endsAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    hostDisplayName: host.displayName,
    callerDisplayName: caller.displayName,
  };
}
