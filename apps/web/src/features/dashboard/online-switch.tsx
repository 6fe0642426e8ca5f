"use client";
import type { OwnProfile } from "@parley/api/schema/profile";
import { Switch } from "@/components/switch";
import { useOnline } from "./use-online";

/** The first thing a host comes here for: to be available, or not. */
export function OnlineSwitch({ profile }: { profile: OwnProfile }) {
  const { isOnline, isConfirmed, setOnline } = useOnline(profile);
  return (
    <div className="min-w-0 flex-1 space-y-2">
      <Switch size="large" isOn={isOnline} onChange={setOnline}>
        <span className="display text-2xl sm:text-3xl">{isOnline ? "You are online" : "You are offline"}</span>
      </Switch>
      <p role="status" className="prose-line min-h-12 text-muted sm:min-h-0 sm:pl-22">
        {isConfirmed ? consequenceOf(isOnline) : "Telling everyone…"}
      </p>
    </div>
  );
}

function consequenceOf(isOnline: boolean): string {
  return isOnline
    ? "Visitors see that you are available now, and find you before those who are not."
    : "Visitors can read your page and see your hours, but not call you now.";
}
