import { rejectAgeVerificationInput } from "@parley/api/schema/host-onboarding/age-verification";

/** What is wrong with the reason of a rejection, in a sentence; undefined where it can be sent. */
export function reasonProblem(reason: string): string | undefined {
  const { error } = rejectAgeVerificationInput.shape.reason.safeParse(reason);
  const message = error?.issues[0]?.message;
  return message && `The reason ${message}.`;
}
