import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { SettingsHeading } from "@/features/settings/section";
import { PlanCard } from "@/features/subscription/plan-card";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Subscription", description: "Your plan, and whether it renews itself." };

export default async function SubscriptionSettingsPage() {
  await requireActor("/settings/subscription");
  const { subscription, devices } = await api();
  const [own, { total }] = await Promise.all([subscription.own(), devices.list({ perPage: 1 })]);
  return (
    <div className="space-y-8">
      <SettingsHeading title="Subscription">Your plan, and whether it renews itself.</SettingsHeading>
      <PlanCard own={own} devicesUsed={total} />
    </div>
  );
}
