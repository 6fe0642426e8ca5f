import type { Database } from "@parley/db";
import { uuidv7 } from "uuidv7";
import type { Device, RegisterDevice, RegisteredDevice } from "./schema";

export type RegisterResult =
  | { outcome: "registered"; device: RegisteredDevice }
  | { outcome: "full"; maxDevices: number }
  | { outcome: "gone" };

export type DeviceStore = ReturnType<typeof createDeviceStore>;

/** Who registers more is a script, or has forgotten the oldest. */
const maxDevicesPerUser = 100;

// A token that changes hands becomes another device: the id that its former owner knows must not remove it. Rows that
// others have locked are not waited for: of two statements that each dropped what the other registers, one would fail.
const registerToken = `WITH forgotten AS (
    DELETE FROM devices WHERE id IN (
      SELECT id FROM devices WHERE user_id = $2::uuid AND token <> $3
      ORDER BY created_at DESC, id DESC OFFSET ${maxDevicesPerUser - 1} FOR UPDATE SKIP LOCKED)
  )
  INSERT INTO devices AS d (id, user_id, token, platform)
  SELECT $1::uuid, u.id, $3, $4::device_platform FROM users u WHERE u.id = $2::uuid AND u.deleted_at IS NULL
  ON CONFLICT (device_token_digest(token)) DO UPDATE SET
    id = CASE WHEN d.user_id = EXCLUDED.user_id THEN d.id ELSE EXCLUDED.id END,
    created_at = CASE WHEN d.user_id = EXCLUDED.user_id THEN d.created_at ELSE EXCLUDED.created_at END,
    user_id = EXCLUDED.user_id,
    platform = EXCLUDED.platform
  RETURNING d.id, d.token, d.platform::text, d.created_at, d.xmax = 0 AS is_new`;

export function createDeviceStore({ prisma }: Database) {
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

    /**
     * One statement, so that registrations of one token at the same time queue up behind its row. Before it, those of one
     * person queue up behind theirs, so that a plan's bound holds however many come at once.
     */
    async register(userId: string, { token, platform }: RegisterDevice, now: Date): Promise<RegisterResult> {
      return prisma.$transaction(async (tx): Promise<RegisterResult> => {
        const found = await tx.$queryRaw<unknown[]>`
          SELECT FROM users WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
        if (found.length === 0) return { outcome: "gone" };
        // A statement of its own: it sees what those ahead in the queue have registered.
        const [bound] = await tx.$queryRaw<{ max_devices: number; others: number }[]>`
          SELECT s.max_devices, (SELECT count(*)::int FROM devices WHERE user_id = s.user_id AND token <> ${token}) AS others
          FROM subscriptions s
          WHERE s.user_id = ${userId}::uuid AND s.status = 'active' AND s.expires_at > ${now}`;
        if (bound !== undefined && bound.others >= bound.max_devices) {
          return { outcome: "full", maxDevices: bound.max_devices };
        }
        const values = [uuidv7(), userId, token, platform];
        const [row] = await tx.$queryRawUnsafe<RegisteredRow[]>(registerToken, ...values);
        if (row === undefined) return { outcome: "gone" };
        const { id, created_at, is_new } = row;
        const device = { id, token: row.token, platform: row.platform, createdAt: created_at.toISOString() };
        return { outcome: "registered", device: { ...device, isNew: is_new } };
      });
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
