import type { Actor } from "@parley/auth";
import type { ObjectStorage } from "@parley/object-storage";
import { accountGone } from "../../profile/service";
import type { ExportFile } from "./schema";
import type { ExportStore } from "./store";

export interface ExportDependencies {
  exports: ExportStore;
  objects: Pick<ObjectStorage, "get">;
  clock(): Date;
}

/** All that is kept of the caller, the picture included (base64), in one JSON document. */
export async function exportData(deps: ExportDependencies, actor: Actor): Promise<ExportFile> {
  const found = await deps.exports.find(actor.userId);
  if (found === null) throw accountGone();
  const { avatarKey, ...person } = found;
  const picture = avatarKey === null ? null : await deps.objects.get(avatarKey);
  const avatar = picture && {
    contentType: picture.contentType,
    base64: Buffer.from(picture.bytes).toString("base64"),
  };
  const document = { exportedAt: deps.clock().toISOString(), ...person, avatar };
  return { bytes: Buffer.from(JSON.stringify(document, null, 2)), contentType: "application/json" };
}
