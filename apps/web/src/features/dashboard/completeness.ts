import type { OwnProfile } from "@parley/api/schema/profile";

export interface ProfileStep {
  label: string;
  /** Why it is worth doing. */
  about: string;
  href: string;
  isDone: boolean;
}

/** What makes a host's page complete, in the order in which visitors notice its lack. */
export function profileSteps(profile: OwnProfile, hasHours: boolean): ProfileStep[] {
  return [
    {
      label: "Add a picture",
      about: "People talk to a face sooner than to initials.",
      href: "/settings/profile",
      isDone: profile.avatarUrl !== null,
    },
    {
      label: "Write a bio",
      about: "Say what you know, and who should talk to you.",
      href: "/settings/profile",
      isDone: profile.bio !== null && profile.bio.trim() !== "",
    },
    {
      label: "Set your weekly hours",
      about: "Visitors see when you open next.",
      href: "/settings/availability",
      isDone: hasHours,
    },
    {
      label: "Set your rate",
      about: "A caller sees what a minute costs.",
      href: "/settings/rate",
      isDone: profile.ratePerMinuteCents !== null && profile.windowSizeMinutes !== null,
    },
    {
      label: "Verify your e-mail address",
      about: "So that we can reach you.",
      href: "/settings/account",
      isDone: profile.emailVerified,
    },
  ];
}

/** The part that is done, 0 to 1. */
export function completenessOf(steps: readonly ProfileStep[]): number {
  return steps.filter(({ isDone }) => isDone).length / steps.length;
}
