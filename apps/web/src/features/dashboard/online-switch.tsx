"use client";
import type { OwnProfile } from "@parley/api/schema/profile";
import { Switch } from "@/components/switch";
import { useOnline } from "./use-online";

/** The first thing a host comes here for: to be available, or not. */
export function OnlineSwitch({ profile }: { profile: OwnProfile }) {
  const { isOnline, isConfirmed, setOnline } = useOnline(profile);
  return (
    <div className="space-y-2">
      <Switch size="large" isOn={isOnline} onChange={setOnline}>
        <span className="display text-2xl sm:text-3xl">{isOnline ? "You are online" : "You are offline"}</span>
      </Switch>
      <p className="prose-line text-muted sm:pl-22">
        {isOnline
          ? "Visitors see that you are available now, and find you before those who are not."
          : "Visitors can read your page and see your hours, but not call you now."}
      </p>
      <p role="status" className="min-h-6 text-sm text-muted sm:pl-22">
        {isConfirmed ? "" : "Telling everyone…"}
      </p>
    </div>
  );
}
