import { z } from "zod";
import {
  type DeletionDependencies,
  type DeletionMailDependencies,
  deleteObjects,
  purgePerson,
  sendDeletionMail,
} from "./service";

const person = z.object({ userId: z.uuid() });
const objects = z.object({ prefix: z.string().min(1), keys: z.array(z.string()) });

export function deletionJobs(deps: DeletionDependencies & DeletionMailDependencies) {
  return {
    "account.sendDeletionMail": (payload: unknown) => sendDeletionMail(deps, person.parse(payload)),
    "account.purge": (payload: unknown) => purgePerson(deps, person.parse(payload)),
    "account.deleteObjects": (payload: unknown) => deleteObjects(deps, objects.parse(payload)),
  };
}
