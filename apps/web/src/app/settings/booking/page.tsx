import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { RulesForm } from "@/features/booking-rules/rules-form";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Booking",
  description: "How long, how soon and how often people may book you.",
};

export default async function BookingSettingsPage() {
  const { role } = await requireActor("/settings/booking");
  const rules = await (await api()).schedule.bookingRules();
  return (
    <div className="space-y-6">
      <SettingsHeading title="Booking">
        How long, how soon and how often people may book you, within{" "}
        <Link href="/settings/availability" className="text-accent underline underline-offset-4">
          your hours
        </Link>
        . What is booked already stays booked.{" "}
        {role !== "host" && (
          <>
            It counts once you{" "}
            <Link href="/become-a-host" className="text-accent underline underline-offset-4">
              become a host
            </Link>
            .
          </>
        )}
      </SettingsHeading>
      <RulesForm rules={rules} />
    </div>
  );
}
