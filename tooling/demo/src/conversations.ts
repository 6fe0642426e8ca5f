import { createCaller } from "@parley/api";
import type { Dependencies } from "@parley/api/dependencies";
import { uuidv7 } from "uuidv7";
import logins from "../logins.json";

export interface DemoPeople {
  /** The host whom one can sign in as. */
  host: DemoPerson;
  visitor: DemoPerson;
  /** Other hosts, who call one another. */
  others: readonly DemoPerson[];
}

export interface DemoPerson {
  id: string;
  username: string | null;
  role: "host" | "verified_user";
}

const dayLength = 24 * 60 * 60_000;
const minuteLength = 60_000;

/** What is ahead of the demo host: the place in the list of openings, who calls, for how long, and the word they left. */
const ahead = [
  { opening: 3, caller: 0, minutes: 30, isAccepted: true, note: "My team is four people and I still write the code." },
  { opening: 9, caller: 4, minutes: 15, isAccepted: true, note: null },
  { opening: 30, caller: 11, minutes: 60, isAccepted: true, note: "A year of saying yes. I would like to stop." },
  { opening: 41, caller: 7, minutes: 30, isAccepted: false, note: "Two offers, one week. Could we go through both?" },
  { opening: 64, caller: 19, minutes: 30, isAccepted: false, note: null },
  { opening: 95, caller: 2, minutes: 30, isAccepted: true, note: null },
] as const;

/** What is behind them: how many days ago, at which hour, who called, and what became of it. */
const behind = [
  { daysAgo: 3, hour: 10, caller: 5, minutes: 30, status: "completed", note: "Mornings, mostly." },
  { daysAgo: 6, hour: 14, caller: 13, minutes: 15, status: "no_show", note: null },
  {
    daysAgo: 9,
    hour: 11,
    caller: null,
    minutes: 60,
    status: "completed",
    note: "How to choose between two good plans.",
  },
  { daysAgo: 13, hour: 15, caller: 8, minutes: 30, status: "cancelled", note: null },
  { daysAgo: 20, hour: 9, caller: 16, minutes: 30, status: "completed", note: null },
] as const;

/** Rules for booking, and conversations behind and ahead, so that calendars have something to show. Does so once. */
export async function loadConversations(deps: Dependencies, { host, visitor, others }: DemoPeople): Promise<void> {
  const known = await deps.database.pool.query("SELECT 1 FROM bookings LIMIT 1");
  if (known.rowCount !== 0) return;
  const callerOf = ({ id, role }: DemoPerson) => {
    const actor = { userId: id, role, sessionId: uuidv7(), scopes: ["*"] };
    return createCaller({ actor, client: null, requestId: "demo", deps });
  };
  await callerOf(host).schedule.saveBookingRules({ ...usualRules, bufferAfterMinutes: 10, requiresConsent: true });
  for (const [index, other] of others.entries()) {
    if (index % 4 === 1) await callerOf(other).schedule.saveBookingRules({ ...usualRules, requiresConsent: true });
    if (index % 4 === 2) await callerOf(other).schedule.saveBookingRules({ ...usualRules, maxPerDay: 4 });
  }
  await tellPast(deps, host, visitor, others);

  for (const { opening, caller, minutes, isAccepted, note } of ahead) {
    const person = others[caller];
    if (person === undefined) continue;
    const booked = await book(person, host, { opening, minutes, note });
    if (booked !== null && isAccepted) await callerOf(host).bookings.accept({ id: booked.id });
  }
  await bookForGood(deps, host, visitor, await openingOf(visitor, host, 17, 30));
  for (const index of [0, 1]) {
    const other = others[index];
    if (other !== undefined) await book(visitor, other, { opening: 6 + index * 20, minutes: 30, note: null });
  }

  /** Books as people do, by an opening that is listed. Null where there are not that many. */
  async function book(
    caller: DemoPerson,
    booked: DemoPerson,
    { opening, minutes, note }: { opening: number; minutes: number; note: string | null },
  ) {
    const start = await openingOf(caller, booked, opening, minutes);
    if (start === null) return null;
    const hostUsername = booked.username ?? "";
    return callerOf(caller).bookings.request({ hostUsername, start, durationMinutes: minutes, note });
  }

  async function openingOf(caller: DemoPerson, booked: DemoPerson, index: number, minutes: number) {
    const now = Date.now();
    const { openings } = await callerOf(caller).schedule.openings({
      username: booked.username ?? "",
      durationMinutes: minutes,
      from: new Date(now).toISOString(),
      to: new Date(now + 30 * dayLength).toISOString(),
    });
    return openings[index]?.start ?? null;
  }
}

/** The visitor's booking of the demo host, at an address that is known beforehand: those who look at pages go there. */
async function bookForGood(
  { database }: Dependencies,
  host: DemoPerson,
  visitor: DemoPerson,
  start: string | null,
): Promise<void> {
  if (start === null) return;
  const end = new Date(Date.parse(start) + 30 * minuteLength);
  await database.pool.query(
    `WITH booked AS (
       INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, note, rate_cents, price_cents)
       SELECT $1, $2, $3, 'confirmed', $4, $5, $6, rate_cents, rate_cents * 30 FROM users WHERE id = $2 RETURNING id
     )
     INSERT INTO reserved_times (id, user_id, during, hosted_from, booking_id)
     SELECT side.id, side.user_id, tstzrange($4, $5), side.hosted_from, booked.id
     FROM booked, (VALUES ($7::uuid, $2::uuid, $4::timestamptz), ($8, $3::uuid, NULL)) AS side (id, user_id, hosted_from)`,
    [
      logins.booking,
      host.id,
      visitor.id,
      start,
      end,
      "One decision, made: that is what I am after.",
      uuidv7(),
      uuidv7(),
    ],
  );
}

const usualRules = {
  durationsMinutes: [15, 30, 60],
  stepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 120,
  windowDays: 60,
  maxPerDay: null,
  requiresConsent: false,
};

/** Rows alone: nobody can book the past, and nobody is to be told of it. */
async function tellPast(
  { database }: Dependencies,
  host: DemoPerson,
  visitor: DemoPerson,
  others: readonly DemoPerson[],
): Promise<void> {
  const today = Math.floor(Date.now() / dayLength) * dayLength;
  for (const { daysAgo, hour, caller, minutes, status, note } of behind) {
    const person = caller === null ? visitor : others[caller];
    if (person === undefined) continue;
    const start = today - daysAgo * dayLength + hour * 60 * minuteLength;
    await database.pool.query(
      `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, note, rate_cents, price_cents, ended_by, reason,
         created_at)
       SELECT $1, $2, $3, $4::booking_status, $5, $6, $7, rate_cents, rate_cents * $8, $9::booking_party, $10, $11
       FROM users WHERE id = $2`,
      [
        uuidv7(),
        host.id,
        person.id,
        status,
        new Date(start),
        new Date(start + minutes * minuteLength),
        note,
        minutes,
        status === "cancelled" ? "caller" : null,
        status === "cancelled" ? "A cold. I will find another day." : null,
        new Date(start - 4 * dayLength),
      ],
    );
  }
}
