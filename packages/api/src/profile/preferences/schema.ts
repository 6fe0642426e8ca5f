import { z } from "zod";
// The wording of refusals, also where this is the only schema that a form loads.
import "../../primitives";

const theme = z.enum(["system", "light", "dark"]);
export const visibility = z.enum(["public", "private"]);
export type Visibility = z.infer<typeof visibility>;
export const viewingPreference = z.enum(["my_messages", "all_messages", "followers_only", "following_only"]);
export type ViewingPreference = z.infer<typeof viewingPreference>;

/** How a person likes Parley to be. */
export const preferences = z
  .object({
    theme,
    /** Of their own messages, in characters. */
    maxMessageLength: z.int(),
    messagesPerPage: z.int(),
    /** How many notifications the bell leads to at once. */
    notificationTrayLimit: z.int(),
    /** Of messages that do not say. */
    defaultVisibility: visibility,
    /** Whose messages the person reads where they do not say. */
    viewingPreference,
    /** Out of lists and searches, and with messages that nobody else reads. */
    isPrivateAccount: z.boolean(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  })
  .meta({ id: "Preferences" });
export type Preferences = z.infer<typeof preferences>;

/** Only what is given changes; null clears a coordinate. Bounds: inventory I2. */
export const updatePreferencesInput = z.object({
  theme: theme.optional(),
  maxMessageLength: z.int().min(1).max(10_000).optional(),
  messagesPerPage: z.int().min(10).max(30).optional(),
  notificationTrayLimit: z.int().min(10).max(40).optional(),
  defaultVisibility: visibility.optional(),
  viewingPreference: viewingPreference.optional(),
  isPrivateAccount: z.boolean().optional(),
  latitude: z.number().min(-90).max(90).nullable().optional(),
  longitude: z.number().min(-180).max(180).nullable().optional(),
});
export type UpdatePreferences = z.infer<typeof updatePreferencesInput>;

/** What a page must know of its reader before it is drawn; null follows the device. */
export const display = z
  .object({ theme, locale: z.string().nullable(), timezone: z.string().nullable() })
  .meta({ id: "Display" });
export type Display = z.infer<typeof display>;
