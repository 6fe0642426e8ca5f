import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { currentActor } from "@/auth/actor";
import { Callout } from "@/components/callout";
import { env } from "@/env";
import { HostingPitch } from "@/features/host-onboarding/hosting-pitch";
import { currentStep, isStepId, journeyOf, stepLabel } from "@/features/host-onboarding/journey";
import { StepContent } from "@/features/host-onboarding/step-content";
import { StepFrame } from "@/features/host-onboarding/step-frame";
import { StepNav } from "@/features/host-onboarding/step-nav";
import { EmailWatch, Interactive, ReviewWatch } from "@/features/host-onboarding/step-parts";
import { api } from "@/trpc/server";

type Props = PageProps<"/become-a-host">;

const query = z.object({ step: z.string().optional().catch(undefined) });

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { step } = query.parse(await searchParams);
  return {
    title: isStepId(step) ? `${stepLabel(step)}: become a host` : "Become a host",
    description: "Talk to people one to one, by the minute: choose your rate, your hours and the address of your page.",
    alternates: { canonical: "/become-a-host" },
  };
}

export default async function BecomeAHostPage({ searchParams }: Props) {
  if ((await currentActor()) === null) return <HostingPitch />;
  const caller = await api();
  const [profile, age, week] = await Promise.all([
    caller.profile.me(),
    caller.hostOnboarding.ageVerification(),
    caller.schedule.localWeek(),
  ]);
  if (profile.role === "host") redirect((profile.username === null ? "/dashboard" : `/${profile.username}`) as Route);
  if (profile.role === "admin") return <NotForAdministrators />;

  const steps = journeyOf({ profile, age, hasHours: week.slots.length > 0 });
  const { step } = query.parse(await searchParams);
  const id = isStepId(step) ? step : currentStep(steps);
  return (
    <Interactive>
      <div className="page-column grid grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-8 py-8 md:grid-cols-[220px_minmax(0,560px)] md:py-12">
        <div className="md:sticky md:top-24 md:self-start">
          <StepNav steps={steps} current={id} />
        </div>
        <div className="min-w-0">
          <StepContent
            key={id}
            {...{ id, steps, profile, age, week }}
            addressPrefix={`${new URL(env().webUrl).host}/`}
          />
        </div>
        {!profile.emailVerified && <EmailWatch />}
        {age.status === "pending" && <ReviewWatch />}
      </div>
    </Interactive>
  );
}

function NotForAdministrators() {
  return (
    <div className="page-column max-w-(--container-reading) py-10 md:py-16">
      <StepFrame title="Administrators cannot be hosts">
        <Callout title="Use another account to host.">
          <p className="text-muted">Whoever looks at documents should not have one looked at.</p>
        </Callout>
      </StepFrame>
    </div>
  );
}
