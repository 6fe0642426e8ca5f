import { z } from "zod";
import { type ApiTokenMailDependencies, sendApiTokenMail } from "./service";

const created = z.object({ userId: z.uuid(), name: z.string() });

export function apiTokenJobs(deps: ApiTokenMailDependencies & { clock(): Date }) {
  return {
    "account.sendApiTokenMail": (payload: unknown) => sendApiTokenMail(deps, created.parse(payload)),
    "account.deleteExpiredApiTokens": () => deps.apiTokens.deleteExpired(deps.clock()),
  };
}
