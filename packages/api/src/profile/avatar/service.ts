import type { Actor } from "@parley/auth";
import type { AvatarImage } from "@parley/avatar-image";
import type { ObjectStorage } from "@parley/object-storage";
import { invalid } from "../../errors";
import { bytesOf } from "../../primitives";
import { accountGone } from "../service";
import { avatarMaxBytes } from "./rules";
import type { ReplaceAvatar, ReplaceAvatarFromUrl } from "./schema";
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

/** Reads an address that somebody gave. Bounded in bytes and time; never from a private network. */
export interface RemotePictures {
  read(url: string, limits: { maxBytes: number; timeoutMs: number }): Promise<{ status: number; bytes: Uint8Array }>;
}

export interface RemoteAvatarDependencies extends AvatarDependencies {
  remoteFetch: RemotePictures;
  /** The public message of an address that could not be read, or null where the error is another. */
  remoteFetchProblem(error: unknown): string | null;
}

const immutable = "public, max-age=31536000, immutable";

/** @throws validation_error naming `avatar` when the bytes are not a picture we take. */
export async function replaceAvatar(
  deps: AvatarDependencies,
  actor: Actor,
  input: ReplaceAvatar,
): Promise<{ avatarUrl: string }> {
  return show(deps, actor, await normalise(deps, await bytesOf(input.avatar), "avatar"));
}

/**
 * Fetches a picture and keeps a copy of our own: what stands at the address later is nobody's avatar.
 * @param field Names the address in a refusal.
 * @throws validation_error naming `field` when nothing can be read there, or it is not a picture we take.
 */
export async function replaceAvatarFromUrl(
  deps: RemoteAvatarDependencies,
  actor: Actor,
  input: ReplaceAvatarFromUrl,
  field = "url",
): Promise<{ avatarUrl: string }> {
  return show(deps, actor, await normalise(deps, await download(deps, input.url, field), field));
}

/**
 * Put, commit, then delete: at every moment the row names an object that exists, and on any failure the old picture
 * stays and the new one goes. The key is made of the picture's own hash, so that a changed picture has a changed address.
 */
async function show(deps: AvatarDependencies, actor: Actor, picture: AvatarImage): Promise<{ avatarUrl: string }> {
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

async function download(deps: RemoteAvatarDependencies, url: string, field: string): Promise<Uint8Array> {
  try {
    const { status, bytes } = await deps.remoteFetch.read(url, { maxBytes: avatarMaxBytes, timeoutMs: 10_000 });
    if (status !== 200) throw invalid({ [field]: `answered with status ${status} instead of a picture` });
    return bytes;
  } catch (error) {
    const problem = deps.remoteFetchProblem(error);
    if (problem === null) throw error;
    throw invalid({ [field]: problem }, error);
  }
}

async function normalise(deps: AvatarDependencies, bytes: Uint8Array, field: string): Promise<AvatarImage> {
  try {
    return await deps.normaliseAvatar(bytes);
  } catch (error) {
    const problem = deps.avatarProblem(error);
    if (problem === null) throw error;
    throw invalid({ [field]: problem }, error);
  }
}
