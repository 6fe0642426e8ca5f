import { z } from "zod";
import type { EmailTokenStore } from "./email-tokens/store";
import { sendVerificationMail, type VerificationMailDependencies } from "./email-verification/service";
import { type PasswordMailDependencies, sendPasswordChangedMail, sendPasswordResetMail } from "./password/service";
import type { SessionStore } from "./sessions/store";

interface AccountJobDependencies extends VerificationMailDependencies, PasswordMailDependencies {
  mailTemplates: VerificationMailDependencies["mailTemplates"] & PasswordMailDependencies["mailTemplates"];
  emailTokens: EmailTokenStore;
  sessions: SessionStore;
}

const person = z.object({ userId: z.uuid() });
const address = z.object({ email: z.string() });

export function accountJobs(deps: AccountJobDependencies) {
  return {
    "account.sendVerificationMail": (payload: unknown) => sendVerificationMail(deps, person.parse(payload)),
    "account.sendPasswordResetMail": (payload: unknown) => sendPasswordResetMail(deps, address.parse(payload)),
    "account.sendPasswordChangedMail": (payload: unknown) => sendPasswordChangedMail(deps, person.parse(payload)),
    "account.deleteExpired": async () => {
      const now = deps.clock();
      await deps.emailTokens.deleteExpired(now);
      await deps.sessions.deleteExpired(now);
    },
  };
}
