import type { Actor } from "@parley/auth";
import type { AvatarImage } from "@parley/avatar-image";
import type { ObjectStorage } from "@parley/object-storage";
import { invalid } from "../../errors";
import { bytesOf } from "../../primitives";
import { accountGone } from "../service";
import type { ReplaceAvatar } from "./schema";
import type { AvatarStore } from "./store";

export interface AvatarDependencies {
  avatars: AvatarStore;
  objects: ObjectStorage;
  log: { warn(facts: object, message: string): void };
  /** Turns bytes into the square picture we serve; refuses with a public message. */
  normaliseAvatar(bytes: Uint8Array): Promise<AvatarImage>;
  /** The public message of a refused picture, or null where the error is another. */
  avatarProblem(error: unknown): string | null;
}

const immutable = "public, max-age=31536000, immutable";

/**
 * Put, commit, then delete: at every moment the row names an object that exists, and on any failure the old picture
 * stays and the new one goes. The key is made of the picture's own hash, so that a changed picture has a changed address.
 * @throws validation_error naming `avatar` when the bytes are not a picture we take.
 */
export async function replaceAvatar(
  deps: AvatarDependencies,
  actor: Actor,
  input: ReplaceAvatar,
): Promise<{ avatarUrl: string }> {
  const picture = await normalise(deps, input.avatar);
  const key = `avatars/${actor.userId}/${picture.hash.slice(0, 32)}.jpg`;
  const put = () => deps.objects.put(key, picture.bytes, { contentType: picture.contentType, cacheControl: immutable });
  try {
    await put();
    // A clean-up of the same picture, replaced a moment ago, may have run since the put.
    const ensureStored = async () => {
      if (!(await deps.objects.exists(key))) await put();
    };
    if (!(await deps.avatars.point(actor.userId, key, ensureStored))) throw accountGone();
  } catch (error) {
    await dropUnshown(deps, { userId: actor.userId, key });
    throw error;
  }
  return { avatarUrl: deps.objects.publicUrl(key) };
}

export async function removeAvatar(deps: AvatarDependencies, actor: Actor): Promise<void> {
  if (!(await deps.avatars.point(actor.userId, null))) throw accountGone();
}

/** Removes an object that no profile shows any more. Job; safe to repeat. */
export async function deleteReplacedAvatar(
  deps: AvatarDependencies,
  job: { userId: string; key: string },
): Promise<void> {
  await deps.avatars.whileNotShown(job.userId, job.key, () => deps.objects.delete(job.key));
}

/** Leaves no object behind that nothing names; the failure that led here matters more than one of this. */
async function dropUnshown(deps: AvatarDependencies, object: { userId: string; key: string }): Promise<void> {
  try {
    await deleteReplacedAvatar(deps, object);
  } catch (error) {
    deps.log.warn({ err: error, key: object.key }, "an avatar that was never shown could not be removed");
  }
}

async function normalise(deps: AvatarDependencies, file: File): Promise<AvatarImage> {
  try {
    return await deps.normaliseAvatar(await bytesOf(file));
  } catch (error) {
    const problem = deps.avatarProblem(error);
    if (problem === null) throw error;
    throw invalid({ avatar: problem }, error);
  }
}
