import type { Database } from "@parley/db";
import type { Display, Preferences } from "./schema";

export type PreferenceStore = ReturnType<typeof createPreferenceStore>;

export const preferenceFields = {
  theme: true,
  maxMessageLength: true,
  messagesPerPage: true,
  notificationTrayLimit: true,
  defaultVisibility: true,
  viewingPreference: true,
  isPrivateAccount: true,
  latitude: true,
  longitude: true,
} as const;

/** Whether a row `u` of users keeps out of lists, and its messages to itself. */
export const isPrivateAccount = "EXISTS (SELECT 1 FROM preferences p WHERE p.user_id = u.id AND p.is_private_account)";

const selectDisplay = `SELECT p.theme::text AS theme, u.locale, u.timezone
  FROM users u LEFT JOIN preferences p ON p.user_id = u.id WHERE u.id = $1 AND u.deleted_at IS NULL`;

export function createPreferenceStore({ prisma, pool }: Database) {
  return {
    /** Null where nothing was ever changed. */
    find(userId: string): Promise<Preferences | null> {
      return prisma.preferences.findUnique({ where: { userId }, select: preferenceFields });
    },

    /** One small read, since every page waits for it. Null where the account has gone; no theme where none was chosen. */
    async findDisplay(userId: string): Promise<(Omit<Display, "theme"> & { theme: Display["theme"] | null }) | null> {
      const { rows } = await pool.query({ name: "preferences.display", text: selectDisplay, values: [userId] });
      return rows[0] ?? null;
    },
  };
}
