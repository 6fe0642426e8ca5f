import { countries } from "@parley/api/rules/profile/countries";
import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { DetailsForm } from "@/features/profile/details-form";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Details", description: "Your personal details." };

export default async function DetailsSettingsPage() {
  await requireActor("/settings/details");
  const { details } = await (await api()).profile.person();
  return (
    <div className="space-y-8">
      <SettingsHeading title="Details">Nobody but you reads these. All of them may stay empty.</SettingsHeading>
      <Section title="Personal details">
        <DetailsForm details={details} countries={namedCountries} />
      </Section>
    </div>
  );
}

const names = new Intl.DisplayNames("en", { type: "region" });
const namedCountries = countries
  .map((id) => ({ id, label: names.of(id) ?? id }))
  .sort((a, b) => a.label.localeCompare(b.label, "en"));
