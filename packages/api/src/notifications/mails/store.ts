import type { Database } from "@parley/db";
import { type NotificationType, notificationType } from "../schema";

export type NotificationMailStore = ReturnType<typeof createNotificationMailStore>;

export type MailClaim =
  | { outcome: "claimed"; type: NotificationType; userId: string; email: string; displayName: string }
  /** It was sent, or nobody is left to read it. */
  | { outcome: "settled" }
  /** Another worker is at it, or was until it died a moment ago. */
  | { outcome: "busy" };

/** Longer than any attempt to send a mail takes: what is older was left behind by a worker that died. */
const claimSeconds = 120;

const claimMail = `UPDATE notifications n SET mail_claimed_at = $2
  FROM users u
  WHERE n.id = $1 AND n.mailed_at IS NULL AND u.id = n.user_id AND u.deleted_at IS NULL
    AND (n.mail_claimed_at IS NULL OR n.mail_claimed_at <= $2::timestamptz - interval '${claimSeconds} seconds')
  RETURNING n.type, u.id, u.email, u.display_name`;

const isBusy = `SELECT FROM notifications n JOIN users u ON u.id = n.user_id AND u.deleted_at IS NULL
  WHERE n.id = $1 AND n.mailed_at IS NULL`;

/** How far the mail of a notification has come. See docs/decisions/0008. */
export function createNotificationMailStore({ pool }: Database) {
  return {
    /** Of several workers that want to send one mail, one may. */
    async claim(id: string, now: Date): Promise<MailClaim> {
      const { rows } = await pool.query<ClaimedRow>(claimMail, [id, now]);
      const [row] = rows;
      if (row !== undefined) {
        const { id: userId, email, display_name: displayName } = row;
        return { outcome: "claimed", type: notificationType.parse(row.type), userId, email, displayName };
      }
      const { rowCount } = await pool.query(isBusy, [id]);
      return { outcome: rowCount === 0 ? "settled" : "busy" };
    },

    async settle(id: string, now: Date): Promise<void> {
      await pool.query("UPDATE notifications SET mailed_at = $2 WHERE id = $1", [id, now]);
    },

    /** Lets the next attempt begin at once: this one is known to have failed. */
    async release(id: string): Promise<void> {
      await pool.query("UPDATE notifications SET mail_claimed_at = NULL WHERE id = $1 AND mailed_at IS NULL", [id]);
    },
  };
}

interface ClaimedRow {
  type: string;
  id: string;
  email: string;
  display_name: string;
}
