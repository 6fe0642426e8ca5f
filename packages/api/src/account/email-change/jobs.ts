import { z } from "zod";
import { type EmailChangeMailDependencies, sendConfirmationToNew, sendNoticeToOld } from "./service";

const person = z.object({ userId: z.uuid() });
const notice = person.extend({ oldEmail: z.string() });

export function emailChangeJobs(deps: EmailChangeMailDependencies) {
  return {
    "account.sendNewEmailMail": (payload: unknown) => sendConfirmationToNew(deps, person.parse(payload)),
    "account.sendEmailChangeNotice": (payload: unknown) => sendNoticeToOld(deps, notice.parse(payload)),
  };
}
