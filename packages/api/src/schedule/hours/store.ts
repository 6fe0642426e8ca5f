import type { Database, Transaction } from "@parley/db";
import { createLiveCache } from "@parley/db/live-cache";
import { uuidv7 } from "uuidv7";
import type { HostHours } from "../openings/rules";
import { type HoursRow, hoursColumns, toHours } from "../openings/store";

export type HoursStore = ReturnType<typeof createHoursStore>;

const selectHours = `SELECT u.id, u.hours_version, ${hoursColumns("true")}
  FROM users u LEFT JOIN schedules s ON s.user_id = u.id
  WHERE u.username = $1 AND u.role = 'host' AND u.deleted_at IS NULL`;

const maxHosts = 5_000;

/** Hours of hosts as bookings ask for them: again and again, while they hardly ever change. */
export function createHoursStore({ pool, changes }: Database) {
  const known = createLiveCache<HostHours>({ changes, topics: ["user"], maxEntries: maxHosts });
  return {
    /** As they were a moment ago; null where nobody who is a host bears that username. */
    async find(username: string): Promise<HostHours | null> {
      const remembered = known.read(username);
      if (remembered !== undefined) return remembered;
      const token = known.begin();
      const { rows } = await pool.query<HoursRow & { id: string; hours_version: number }>({
        name: "hours.find",
        text: selectHours,
        values: [username],
      });
      const [row] = rows;
      // Nobody announces that a username comes to mean somebody, so its absence is not remembered.
      if (row === undefined) return null;
      const hours = {
        hostId: row.id,
        version: row.hours_version,
        schedule: { ...toHours(row), taken: [], hostedStarts: [] },
      };
      known.store(username, [`user:${row.id}`], hours, token);
      return hours;
    },
  };
}

/**
 * The schedule of a person whose hours are about to change, locked; null where the account has gone. The person's row
 * comes first, as it does for whoever books: so of a save and a booking each sees the other, or waits for it.
 */
export async function scheduleToChange(
  tx: Transaction,
  userId: string,
): Promise<{ id: string; timezone: string; version: number } | null> {
  const changed = await tx.$executeRaw`
    UPDATE users SET hours_version = hours_version + 1 WHERE id = ${userId}::uuid AND deleted_at IS NULL`;
  if (changed === 0) return null;
  // Version 0 is that of a week which was never saved.
  await tx.$executeRaw`
    INSERT INTO schedules (id, user_id, version) VALUES (${uuidv7()}::uuid, ${userId}::uuid, 0)
    ON CONFLICT (user_id) DO NOTHING`;
  const [schedule] = await tx.$queryRaw<{ id: string; timezone: string; version: number }[]>`
    SELECT id, timezone, version FROM schedules WHERE user_id = ${userId}::uuid FOR UPDATE`;
  return schedule ?? null;
}
