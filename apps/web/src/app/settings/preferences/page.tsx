import type { Metadata } from "next";
import { cookies } from "next/headers";
import { requireActor } from "@/auth/guard";
import { displayChoice, usableChoice } from "@/components/display";
import { DisplayForm } from "@/features/preferences/display-form";
import { PreferencesForm } from "@/features/preferences/preferences-form";
import { PrivateSwitch } from "@/features/preferences/private-switch";
import { readLook } from "@/features/preferences/read-look";
import { ThemeChoice } from "@/features/preferences/theme-choice";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Preferences",
  description: "Colours, language and region, messages, and who sees you.",
};

export default async function PreferencesPage() {
  await requireActor("/settings/preferences");
  const [preferences, { timezone, locale }, jar] = await Promise.all([
    (await api()).profile.preferences(),
    readLook(),
    cookies(),
  ]);
  const account = usableChoice({ timeZone: timezone, locale });
  const device = displayChoice((name) => jar.get(name)?.value);
  return (
    <div className="space-y-8">
      <SettingsHeading title="Preferences">How Parley looks to you, and how much of you it shows.</SettingsHeading>
      <Section title="Appearance" about="Kept with your account, and seen wherever you are signed in.">
        <ThemeChoice theme={preferences.theme} />
      </Section>
      <Section
        title="Language and region"
        about="How dates, times and numbers are written to you. Parley itself speaks English."
      >
        <DisplayForm
          choice={{ timeZone: device.timeZone ?? account.timeZone, locale: device.locale ?? account.locale }}
        />
      </Section>
      <Section title="Messages and notifications">
        <PreferencesForm preferences={preferences} />
      </Section>
      <Section title="Privacy">
        <PrivateSwitch isPrivate={preferences.isPrivateAccount} />
      </Section>
    </div>
  );
}
