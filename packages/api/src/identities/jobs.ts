import { z } from "zod";
import { identityProvider } from "./schema";
import { type IdentityMailDependencies, sendLinkedMail } from "./sign-in/service";

const linked = z.object({ userId: z.uuid(), provider: identityProvider, instanceName: z.string() });

export function identityJobs(deps: IdentityMailDependencies) {
  return {
    "identities.sendLinkedMail": (payload: unknown) => sendLinkedMail(deps, linked.parse(payload)),
  };
}
