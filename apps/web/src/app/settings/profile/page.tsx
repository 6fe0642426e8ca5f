import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { env } from "@/env";
import { AvatarSection } from "@/features/profile/avatar-section";
import { ProfileForm } from "@/features/profile/profile-form";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Profile", description: "Your name, picture, username and bio." };

export default async function ProfileSettingsPage() {
  await requireActor("/settings/profile");
  const profile = await (await api()).profile.me();
  return (
    <div className="space-y-8">
      <SettingsHeading title="Profile">What others see of you.</SettingsHeading>
      <Section title="Picture">
        <AvatarSection name={profile.displayName} url={profile.avatarUrl} />
      </Section>
      <Section title="About you">
        <ProfileForm profile={profile} addressPrefix={`${new URL(env().webUrl).host}/`} />
      </Section>
    </div>
  );
}
