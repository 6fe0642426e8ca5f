import { z } from "zod";
import { type BanMailDependencies, sendBanMail } from "./service";

const person = z.object({ userId: z.uuid() });

export function banJobs(deps: BanMailDependencies) {
  return {
    "account.sendBanMail": (payload: unknown) => sendBanMail(deps, person.parse(payload)),
  };
}
