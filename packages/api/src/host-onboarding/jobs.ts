import { z } from "zod";
import {
  type AgeVerificationDependencies,
  type DecisionMailDependencies,
  deleteDocument,
  sendDecisionMail,
} from "./age-verification/service";

const document = z.object({ key: z.string() });
const decision = z.object({ ageVerificationId: z.uuid() });

export function hostOnboardingJobs(deps: AgeVerificationDependencies & DecisionMailDependencies) {
  return {
    "hostOnboarding.deleteDocument": (payload: unknown) => deleteDocument(deps, document.parse(payload)),
    "hostOnboarding.sendDecisionMail": (payload: unknown) => sendDecisionMail(deps, decision.parse(payload)),
  };
}
