import { describe, expect, test } from "vitest";
import { type Conversation, daysAhead, earlier, useConversations } from "../../../test/conversations";
import type { Booking } from "../../bookings/schema";
import { notificationJobs } from "../jobs";

const conversations = useConversations();
const { conversation, orders, pool, runJobs } = conversations;

describe("reminders", () => {
  const remind = ({ booking }: Conversation, kind: "24h" | "15m", at: string, startsAt = booking.start) => {
    const jobs = notificationJobs({ ...conversations.deps, clock: () => new Date(at) });
    return jobs["notifications.remind"]({ bookingId: booking.id, kind, startsAt });
  };
  const ordered = ({ start }: Booking) => [
    ["24h", earlier(start, 24 * 60)],
    ["15m", earlier(start, 15)],
  ];

  test("are ordered a day and a quarter of an hour ahead, moved with the booking, and taken back with it", async () => {
    const { booking, host } = await conversation();
    expect(await orders(booking.id)).toEqual(ordered(booking));
    const moved = await host.bookings.reschedule({ id: booking.id, start: daysAhead(8) });
    expect(await orders(booking.id)).toEqual(ordered(moved));
    await host.bookings.cancel({ id: booking.id });
    expect(await orders(booking.id)).toEqual([]);
  });

  test("wait for consent, and leave out what has passed", async () => {
    const soon = `${new Date(Date.now() + 5 * 60 * 60_000).toISOString().slice(0, 13)}:00:00.000Z`;
    const { booking, host } = await conversation({ requiresConsent: true, start: soon });
    expect(await orders(booking.id)).toEqual([]);
    await host.bookings.accept({ id: booking.id });
    expect(await orders(booking.id)).toEqual([["15m", earlier(soon, 15)]]);
  });

  test("come once to both sides, in the app and by mail, however often the job runs", async () => {
    const talk = await conversation();
    await runJobs();
    const { start } = talk.booking;
    await Promise.all(Array.from({ length: 10 }, () => remind(talk, "24h", earlier(start, 24 * 60))));
    await runJobs();
    await Promise.all(Array.from({ length: 10 }, () => remind(talk, "15m", earlier(start, 15))));
    await runJobs();
    for (const party of ["host", "caller"] as const) {
      expect(await talk.told(party)).toEqual(["confirmed", "reminder", "reminder"]);
      expect(talk.mails(party)).toHaveLength(3);
    }
  });

  test.each(["cancelled", "moved", "requested again", "late"])("never come for one that is %s", async (fate) => {
    const talk = await conversation({ requiresConsent: true });
    const { id, start } = talk.booking;
    await talk.host.bookings.accept({ id });
    if (fate === "cancelled") await talk.host.bookings.cancel({ id });
    if (fate === "moved") await talk.host.bookings.reschedule({ id, start: daysAhead(9) });
    if (fate === "requested again") await talk.caller.bookings.reschedule({ id, start: daysAhead(9) });
    const late = fate === "late";
    await remind(talk, "24h", earlier(start, late ? 10 : 24 * 60));
    await remind(talk, "15m", earlier(start, late ? 0 : 15));
    await runJobs();
    expect(await talk.told("caller")).not.toContain("reminder");
    expect(await talk.told("host")).not.toContain("reminder");
  });

  test("wait for a cancellation that is under way, and then do not come", async () => {
    const talk = await conversation();
    const client = await pool().connect();
    await client.query("BEGIN");
    await client.query("UPDATE bookings SET status = 'cancelled', ended_by = 'host' WHERE id = $1", [talk.booking.id]);
    const reminding = remind(talk, "15m", earlier(talk.booking.start, 15));
    await expect
      .poll(async () => {
        const { rows } = await pool().query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows.length;
      })
      .toBe(1);
    await client.query("COMMIT");
    client.release();
    await reminding;
    expect(await talk.told("caller")).not.toContain("reminder");
  });
});
