import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { DeviceList } from "@/features/devices/device-list";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Devices", description: "What receives your notifications." };

export default async function DevicesSettingsPage() {
  await requireActor("/settings/devices");
  const devices = await (await api()).devices.list({ perPage: 100 });
  return (
    <div className="space-y-8">
      <SettingsHeading title="Devices">
        They receive your notifications. Remove what you have sold, lost or no longer use.
      </SettingsHeading>
      <DeviceList initial={devices} />
    </div>
  );
}
