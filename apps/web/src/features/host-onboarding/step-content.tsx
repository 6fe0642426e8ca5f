import type { AgeVerification } from "@parley/api/schema/host-onboarding/age-verification";
import type { OwnProfile } from "@parley/api/schema/profile";
import type { LocalWeek } from "@parley/api/schema/schedule/weekly";
import { AgeStep } from "./age-step";
import { missingSteps, type Step, type StepId, stepAfter } from "./journey";
import { Onward } from "./onward";
import { PagePreview } from "./page-preview";
import { StepFrame } from "./step-frame";
import { AvatarSection, HoursStep, InboxPanel, LiveStep, PageStep, RateStep } from "./step-parts";

export interface StepContentProps {
  id: StepId;
  steps: readonly Step[];
  profile: OwnProfile;
  age: AgeVerification;
  week: LocalWeek;
  /** Where public pages live, e.g. "parley.example/". */
  addressPrefix: string;
}

/** The step that one is at. */
export function StepContent({ id, steps, profile, age, week, addressPrefix }: StepContentProps) {
  const next = stepAfter(steps, id);
  const hasHours = week.slots.length > 0;
  switch (id) {
    case "email":
      return profile.emailVerified ? (
        <StepFrame title="Your address is confirmed" about={<p className="wrap-anywhere">{profile.email}</p>}>
          <Onward to={next} />
        </StepFrame>
      ) : (
        <StepFrame
          title="Open the link in our mail"
          about={<p>So we know that we can reach you. The link works for 24 hours.</p>}
        >
          <InboxPanel email={profile.email} />
          <Onward to={next} kind="later" />
        </StepFrame>
      );
    case "age":
      return <AgeStep age={age} isAgeVerified={profile.isAgeVerified} next={next} />;
    case "page":
      return (
        <StepFrame title="Choose your address" about={<p>Your page lives there, for you to share.</p>}>
          <PageStep profile={profile} addressPrefix={addressPrefix} next={next} />
        </StepFrame>
      );
    case "rate":
      return (
        <StepFrame
          title="What is a minute with you worth?"
          about={<p>A caller pays for one window at a time. You can change both whenever you like.</p>}
        >
          <RateStep
            ratePerMinuteCents={profile.ratePerMinuteCents}
            windowSizeMinutes={profile.windowSizeMinutes}
            next={next}
          />
        </StepFrame>
      );
    case "hours":
      return (
        <StepFrame
          title="When are you usually there?"
          about={<p>Week after week, by the clocks where you are. Visitors see it by their own.</p>}
        >
          <HoursStep week={week} next={next}>
            {!hasHours && <Onward to={next} kind="later" />}
          </HoursStep>
        </StepFrame>
      );
    case "picture":
      return (
        <StepFrame title="Show your face" about={<p>People talk to a face sooner than to initials.</p>}>
          <AvatarSection name={profile.displayName} url={profile.avatarUrl} />
          <Onward to={next} kind={profile.avatarUrl === null ? "later" : "done"} />
        </StepFrame>
      );
    case "live":
      return (
        <StepFrame
          title={missingSteps(steps).length === 0 ? "Ready when you are" : "Nearly there"}
          about={<p>This is what visitors will find. You begin offline, and go online from your dashboard.</p>}
        >
          <PagePreview profile={profile} addressPrefix={addressPrefix} hasHours={hasHours} />
          <LiveStep profile={profile} missing={missingSteps(steps)} />
        </StepFrame>
      );
  }
}
