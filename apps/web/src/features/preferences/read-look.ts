import "server-only";
import type { Display } from "@parley/api/schema/profile/preferences";
import { cache } from "react";
import { currentActor } from "@/auth/actor";
import { api } from "@/trpc/server";

const ofDevice: Display = { theme: "system", locale: null, timezone: null };

/** How pages look to whoever asks: as their account says, or as their device has it. */
export const readLook = cache(async (): Promise<Display> => {
  if ((await currentActor()) === null) return ofDevice;
  return (await api()).profile.display();
});
