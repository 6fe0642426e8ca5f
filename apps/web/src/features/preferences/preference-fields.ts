import { type Preferences, updatePreferencesInput } from "@parley/api/schema/profile/preferences";
import { z } from "zod";

const { shape } = updatePreferencesInput;
const whole = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, "must be a whole number")
  .transform(Number);

/** What people type for how they like Parley to be, as the procedure takes it. */
export const preferenceFields = z.object({
  defaultVisibility: shape.defaultVisibility.unwrap(),
  viewingPreference: shape.viewingPreference.unwrap(),
  maxMessageLength: whole.pipe(shape.maxMessageLength.unwrap()),
  messagesPerPage: whole.pipe(shape.messagesPerPage.unwrap()),
  notificationTrayLimit: whole.pipe(shape.notificationTrayLimit.unwrap()),
});
export type TypedPreferences = z.input<typeof preferenceFields>;

export function preferencesAsTyped(preferences: Preferences): TypedPreferences {
  const { defaultVisibility, viewingPreference } = preferences;
  return {
    defaultVisibility,
    viewingPreference,
    maxMessageLength: String(preferences.maxMessageLength),
    messagesPerPage: String(preferences.messagesPerPage),
    notificationTrayLimit: String(preferences.notificationTrayLimit),
  };
}
