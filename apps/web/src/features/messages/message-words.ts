import type { Preferences } from "@parley/api/schema/profile/preferences";

export const visibilities = [
  { id: "public", label: "Public: anyone may read" },
  { id: "private", label: "Private: for you alone" },
] as const satisfies readonly { id: Preferences["defaultVisibility"]; label: string }[];

/** Whose messages one reads. */
export const views = [
  { id: "all_messages", label: "Everybody’s" },
  { id: "following_only", label: "Of people I follow" },
  { id: "followers_only", label: "Of people who follow me" },
  { id: "my_messages", label: "My own" },
] as const satisfies readonly { id: Preferences["viewingPreference"]; label: string }[];
