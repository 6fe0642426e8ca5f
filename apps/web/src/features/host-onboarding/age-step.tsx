import type { AgeVerification } from "@parley/api/schema/host-onboarding/age-verification";
import { Callout } from "@/components/callout";
import { LocalTime } from "@/components/local-time";
import type { StepId } from "./journey";
import { Onward } from "./onward";
import { StepFrame } from "./step-frame";
import { AgeForm } from "./step-parts";

export interface AgeStepProps {
  age: AgeVerification;
  isAgeVerified: boolean;
  next: StepId;
}

/** Proving one's age: to do, being looked at, refused, or done. */
export function AgeStep({ age, isAgeVerified, next }: AgeStepProps) {
  if (isAgeVerified) {
    return (
      <StepFrame title="Your age is verified" about={<p>Your document has been deleted; only the result is kept.</p>}>
        <Onward to={next} />
      </StepFrame>
    );
  }
  if (age.status === "pending") {
    return (
      <StepFrame
        title="We are looking at your document"
        about={
          <p>
            {age.submittedAt && (
              <>
                Sent <LocalTime instant={age.submittedAt} />.{" "}
              </>
            )}
            You will have mail from us when it is decided. Meanwhile, go on with the rest: everything is kept.
          </p>
        }
      >
        <Onward to={next} />
      </StepFrame>
    );
  }
  return (
    <StepFrame
      title="Show that you are 18 or older"
      about={
        <p>
          Administrators alone look at your document. It is deleted as soon as they have decided, and nobody else ever
          sees your date of birth.
        </p>
      }
    >
      {age.status === "rejected" && (
        <Callout tone="warn" title="Your last document was not accepted">
          {age.reason && <p className="wrap-anywhere">“{age.reason}”</p>}
          <p className="text-muted">It has been deleted. You can send another one now.</p>
        </Callout>
      )}
      <AgeForm next={next} />
    </StepFrame>
  );
}
