import { actorFor, type BookableFacts, createBookableHost, createUser } from "@parley/testing/factories";
import type { Dependencies } from "../src/dependencies";

type Pool = Dependencies["database"]["pool"];

/** Somebody who may book. */
export const visitorIn = async (pool: Pool, displayName?: string) =>
  actorFor(await createUser(pool, { role: "verified_user", displayName }));

/** A host who is there at all times, and their name. */
export async function hostIn(pool: Pool, facts: BookableFacts = {}) {
  const user = await createBookableHost(pool, facts);
  return { ...actorFor(user), username: user.username ?? "" };
}

export type Host = Awaited<ReturnType<typeof hostIn>>;

export const placeAt = ({ username }: Host, start: string, durationMinutes = 30) => ({
  hostUsername: username,
  start,
  durationMinutes,
});

/** The times that a booking takes from its host, and then from its caller. */
export async function reservedBy(pool: Pool, bookingId: string) {
  const { rows } = await pool.query<{ user_id: string; during: string; hosted_from: Date | null }>(
    `SELECT user_id, lower(during) AS lower, upper(during) AS upper, hosted_from FROM reserved_times
     WHERE booking_id = $1 ORDER BY hosted_from NULLS LAST`,
    [bookingId],
  );
  return rows;
}

/** What is ordered because of a booking, once its notices of before `now` have been announced. */
export async function jobsOf({ database, bookingNotices }: Dependencies, bookingId: string, now: string) {
  await bookingNotices.announce(new Date(now));
  const { rows } = await database.pool.query(
    `SELECT task.identifier AS task, job.payload, job.run_at, job.key FROM graphile_worker._private_jobs job
     JOIN graphile_worker._private_tasks task ON task.id = job.task_id
     WHERE job.payload->>'bookingId' = $1 ORDER BY job.id`,
    [bookingId],
  );
  return rows.map(({ task, payload, run_at, key }) => ({ task, ...payload, key, runAt: run_at.toISOString() }));
}
