import type { Database } from "@parley/db";
import type { Preferences } from "./schema";

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

export function createPreferenceStore({ prisma }: Database) {
  return {
    /** Null where nothing was ever changed. */
    find(userId: string): Promise<Preferences | null> {
      return prisma.preferences.findUnique({ where: { userId }, select: preferenceFields });
    },
  };
}
