import type { Preferences } from "./schema";

/** Of whoever has changed nothing; as the columns' own defaults in the database. */
export const defaultPreferences: Preferences = {
  theme: "system",
  maxMessageLength: 1000,
  messagesPerPage: 20,
  notificationTrayLimit: 20,
  defaultVisibility: "public",
  viewingPreference: "all_messages",
  isPrivateAccount: false,
  latitude: null,
  longitude: null,
};
