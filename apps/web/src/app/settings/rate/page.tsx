import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";
import { RateForm } from "@/features/host-onboarding/rate-form";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Rate",
  description: "What a minute with you costs, and how long a window is.",
};

export default async function RateSettingsPage() {
  await requireActor("/settings/rate");
  const { role, ratePerMinuteCents, windowSizeMinutes } = await (await api()).profile.me();
  const isHost = role === "host" && ratePerMinuteCents !== null && windowSizeMinutes !== null;
  return (
    <div className="space-y-8">
      <SettingsHeading title="Rate">
        What a minute of your time costs, and the window a caller pays for at a time. A change counts for calls that
        begin after it.
      </SettingsHeading>
      {isHost ? (
        <RateForm ratePerMinuteCents={ratePerMinuteCents} windowSizeMinutes={windowSizeMinutes} />
      ) : (
        <div className="space-y-5">
          <Callout title="You set your rate when you become a host.">
            <p className="text-muted">It takes a few minutes, and you see what a caller pays while you choose.</p>
          </Callout>
          <Link href="/become-a-host" className={buttonClass({ tone: "primary" })}>
            Become a host
          </Link>
        </div>
      )}
    </div>
  );
}
