import type { Database } from "@parley/db";
import { uuidv7 } from "uuidv7";
import type { Device, RegisterDevice, RegisteredDevice } from "./schema";

export type DeviceStore = ReturnType<typeof createDeviceStore>;

/** Who registers more is a script, or has forgotten the oldest. */
const maxDevicesPerUser = 100;

// A token that changes hands becomes another device: the id that its former owner knows must not remove it. Rows that
// others have locked are not waited for: of two statements that each dropped what the other registers, one would fail.
const registerToken = `WITH forgotten AS (
    DELETE FROM devices WHERE id IN (
      SELECT id FROM devices WHERE user_id = $2 AND token <> $3
      ORDER BY created_at DESC, id DESC OFFSET ${maxDevicesPerUser - 1} FOR UPDATE SKIP LOCKED)
  )
  INSERT INTO devices AS d (id, user_id, token, platform)
  SELECT $1, u.id, $3, $4::device_platform FROM users u WHERE u.id = $2 AND u.deleted_at IS NULL
  ON CONFLICT (device_token_digest(token)) DO UPDATE SET
    id = CASE WHEN d.user_id = EXCLUDED.user_id THEN d.id ELSE EXCLUDED.id END,
    created_at = CASE WHEN d.user_id = EXCLUDED.user_id THEN d.created_at ELSE EXCLUDED.created_at END,
    user_id = EXCLUDED.user_id,
    platform = EXCLUDED.platform
  RETURNING d.id, d.token, d.platform::text, d.created_at, d.xmax = 0 AS is_new`;

export function createDeviceStore({ pool, prisma }: Database) {
  return {
    /** Newest first. */
    async list(userId: string, { offset, limit }: { offset: number; limit: number }) {
      const [rows, total] = await Promise.all([
        prisma.device.findMany({
          where: { userId },
          select: { id: true, token: true, platform: true, createdAt: true },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          skip: offset,
          take: limit,
        }),
        prisma.device.count({ where: { userId } }),
      ]);
      const items = rows.map(({ createdAt, ...row }): Device => ({ ...row, createdAt: createdAt.toISOString() }));
      return { items, total };
    },

    /** One statement, so that registrations of one token at the same time queue up behind its row. Null: no such user. */
    async register(userId: string, { token, platform }: RegisterDevice): Promise<RegisteredDevice | null> {
      const { rows } = await pool.query<RegisteredRow>(registerToken, [uuidv7(), userId, token, platform]);
      const row = rows[0];
      if (row === undefined) return null;
      const { id, created_at, is_new } = row;
      return { id, token: row.token, platform: row.platform, createdAt: created_at.toISOString(), isNew: is_new };
    },

    /** False where there is no such device of this user. */
    async remove(userId: string, id: string): Promise<boolean> {
      const { count } = await prisma.device.deleteMany({ where: { id, userId } });
      return count === 1;
    },
  };
}

interface RegisteredRow {
  id: string;
  token: string;
  platform: Device["platform"];
  created_at: Date;
  /** PostgreSQL marks the row version that an upsert has replaced: a fresh row has none. */
  is_new: boolean;
}
