"use client";
import type { DevicePage } from "@parley/api/schema/devices";
import { Globe, Smartphone } from "lucide-react";
import { Button } from "@/components/button";
import { LocalTime } from "@/components/local-time";
import { useDevices } from "./use-devices";

const platforms = {
  ios: { name: "iPhone or iPad", icon: Smartphone },
  android: { name: "Android", icon: Smartphone },
  web: { name: "Browser", icon: Globe },
};

/** What receives push notifications. */
export function DeviceList({ initial }: { initial: DevicePage }) {
  const { devices, remove } = useDevices(initial);
  if (devices.length === 0) {
    return (
      <div className="rounded-lg border border-dashed border-control/60 p-8 text-center">
        <p className="display text-lg">No devices yet</p>
        <p className="mt-1 text-sm text-muted">
          When you allow notifications in an app or a browser, it appears here, and you can remove it.
        </p>
      </div>
    );
  }
  return (
    <ul className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
      {devices.map((device) => {
        const { name, icon: Icon } = platforms[device.platform];
        const ending = device.token.slice(-4);
        return (
          <li key={device.id} className="flex items-center gap-4 p-4">
            <Icon aria-hidden="true" strokeWidth={1.5} className="size-5 shrink-0 text-muted" />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{name}</p>
              <p className="text-sm text-muted wrap-anywhere">
                Token ending in {ending} · added <LocalTime instant={device.createdAt} look="date" />
              </p>
            </div>
            <Button
              size="small"
              onPress={() => remove(device.id)}
              aria-label={`Remove ${name} with the token ending in ${ending}`}
            >
              Remove
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
