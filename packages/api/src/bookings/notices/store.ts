import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@parley/db";
import { enqueue } from "@parley/db/jobs";
import { type Connection, inTransaction } from "@parley/db/transaction";
import type { BookingNews } from "../../notifications/news/rules";
import { orderNotices } from "../../notifications/orders/store";
import type { BookingStatus } from "../rules";

export type NoticeStore = ReturnType<typeof createNoticeStore>;

/** Notes within a change what its people are to be told. It takes effect with `wake` or, at the latest, the crontab. */
export async function noteNews(
  connection: Connection,
  booking: { id: string; sequence: number },
  news: BookingNews,
): Promise<void> {
  await connection.query({
    name: "notices.note",
    text: "INSERT INTO booking_notices (booking_id, sequence, news) VALUES ($1, $2, $3)",
    values: [booking.id, booking.sequence, news],
  });
}

const takeNotices = `WITH taken AS (
    DELETE FROM booking_notices WHERE (booking_id, sequence) IN (
      SELECT booking_id, sequence FROM booking_notices ORDER BY booking_id, sequence LIMIT $1 FOR UPDATE SKIP LOCKED)
    RETURNING booking_id, sequence, news
  )
  SELECT b.id, b.status::text AS status, b.starts_at, taken.sequence, taken.news
  FROM taken JOIN bookings b ON b.id = taken.booking_id ORDER BY b.id, taken.sequence`;

interface NoticeRow {
  id: string;
  status: BookingStatus;
  starts_at: Date;
  sequence: number;
  news: BookingNews;
}

/** How many become jobs in one transaction. */
const noticesAtOnce = 100;

/** While many are noted, one order a while does for all of them. */
const pauseMilliseconds = 100;

/** Why there is such a step: docs/decisions, "Notices of bookings are noted, then ordered". */
export function createNoticeStore({ pool }: Pick<Database, "pool">) {
  let isWaking = false;
  let isWantedAgain = false;

  /** What is noted stays noted where this fails, and the crontab finds it. */
  const order = () =>
    enqueue(pool, "bookings.announce", {}, { jobKey: "bookings.announce", queueName: "bookings.announce" }).catch(
      () => {},
    );

  async function orderAgain(): Promise<void> {
    while (isWantedAgain) {
      await delay(pauseMilliseconds, undefined, { ref: false });
      isWantedAgain = false;
      await order();
    }
    isWaking = false;
  }

  function wake(): Promise<void> {
    isWantedAgain = isWaking;
    if (isWaking) return Promise.resolve();
    isWaking = true;
    const first = order();
    void first.then(orderAgain);
    return first;
  }

  return {
    /** Has what was noted announced. Only the first of many waits for it. */
    wake,

    /** Turns what is noted into the jobs that tell people of it: each note is gone, and its jobs are there, or neither. */
    async announce(now: Date): Promise<void> {
      for (let count = noticesAtOnce; count === noticesAtOnce; ) {
        count = await inTransaction(pool, async (connection) => {
          const { rows } = await connection.query<NoticeRow>(takeNotices, [noticesAtOnce]);
          for (const { id, status, starts_at, sequence, news } of rows) {
            await orderNotices(connection, { id, status, start: starts_at.toISOString(), sequence }, news, now);
          }
          return rows.length;
        });
      }
    },
  };
}
