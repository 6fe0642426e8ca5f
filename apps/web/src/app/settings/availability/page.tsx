import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { OverrideSection } from "@/features/date-overrides/override-section";
import { AvailabilityEditor } from "@/features/schedule/availability-editor";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Availability",
  description: "The hours of the week in which you are usually there.",
};

export default async function AvailabilitySettingsPage() {
  const { role, userId } = await requireActor("/settings/availability");
  const week = await (await api()).schedule.localWeek();
  return (
    <div data-wide className="space-y-6">
      <SettingsHeading title="Availability">
        When you are usually there, week after week.{" "}
        {role !== "host" && (
          <>
            Visitors see it once you{" "}
            <Link href="/become-a-host" className="text-accent underline underline-offset-4">
              become a host
            </Link>
            .
          </>
        )}
      </SettingsHeading>
      <AvailabilityEditor week={week} userId={userId} />
      <OverrideSection timezone={week.timezone} weekly={week.slots} />
    </div>
  );
}
