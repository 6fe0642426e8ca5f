import { z } from "zod";
import { type AvatarDependencies, deleteReplacedAvatar } from "./avatar/service";

const replacedAvatar = z.object({ userId: z.uuid(), key: z.string() });

export function profileJobs(deps: AvatarDependencies) {
  return {
    "profile.deleteReplacedAvatar": (payload: unknown) => deleteReplacedAvatar(deps, replacedAvatar.parse(payload)),
  };
}
