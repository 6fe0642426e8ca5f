import type { AgeVerification } from "@parley/api/schema/host-onboarding/age-verification";
import type { OwnProfile } from "@parley/api/schema/profile";

const labels = {
  email: "E-mail address",
  age: "Age",
  page: "Your page",
  rate: "Rate",
  hours: "Hours",
  picture: "Picture",
  live: "Go live",
} as const;

export type StepId = keyof typeof labels;

export interface Step {
  id: StepId;
  label: string;
  /** `waiting` is for others to do; `optional` may be left for later. */
  state: "done" | "waiting" | "open" | "optional";
}

export interface Standing {
  profile: OwnProfile;
  age: AgeVerification;
  hasHours: boolean;
}

/** The way to a host, with where a person stands on it: everything is read from what is saved. */
export function journeyOf({ profile, age, hasHours }: Standing): Step[] {
  const states: Record<StepId, Step["state"]> = {
    email: profile.emailVerified ? "done" : "open",
    age: profile.isAgeVerified ? "done" : age.status === "pending" ? "waiting" : "open",
    page: profile.username === null ? "open" : "done",
    rate: profile.ratePerMinuteCents === null || profile.windowSizeMinutes === null ? "open" : "done",
    hours: hasHours ? "done" : "optional",
    picture: profile.avatarUrl === null ? "optional" : "done",
    live: "open",
  };
  return (Object.keys(labels) as StepId[]).map((id) => ({ id, label: labels[id], state: states[id] }));
}

/** Where to begin, or to go on: the first thing that is still the person's to do. */
export function currentStep(steps: readonly Step[]): StepId {
  const isAllNeededDone = missingSteps(steps).length === 0;
  const next = steps.find(({ state }) => state === "open" || (state === "optional" && !isAllNeededDone));
  return next?.id ?? "live";
}

/** What comes after a step: the next that is still to do. */
export function stepAfter(steps: readonly Step[], id: StepId): StepId {
  const later = steps.slice(steps.findIndex((step) => step.id === id) + 1);
  return later.find(({ state }) => state === "open" || state === "optional")?.id ?? "live";
}

/** What keeps a page from going live. */
export function missingSteps(steps: readonly Step[]): Step[] {
  return steps.filter(({ id, state }) => id !== "live" && (state === "open" || state === "waiting"));
}

export function isStepId(text: string | undefined): text is StepId {
  return text !== undefined && Object.hasOwn(labels, text);
}

export function stepLabel(id: StepId): string {
  return labels[id];
}

export function stepAddress(id: StepId): `/become-a-host?step=${StepId}` {
  return `/become-a-host?step=${id}`;
}
