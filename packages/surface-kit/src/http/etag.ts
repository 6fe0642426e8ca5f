import { hash } from "node:crypto";
import { Refusal } from "./refusal";

/** A strong tag: the digest of the bytes, behind the version of what they show where there is one. */
export function entityTag(body: string | Buffer, version: unknown): string {
  const digest = hash("sha256", body, "base64url").slice(0, 22);
  return version === null ? `"${digest}"` : `"${String(version)}-${digest}"`;
}

/** Whether a GET's `If-None-Match` names this tag. Weak tags count: for reading, what they promise is enough. */
export function isUnchanged(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === tag || ifNoneMatch === "*") return true;
  return ifNoneMatch.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === tag);
}

const versionedTag = /^"(\d{1,15})-[\w-]{22}"$/;

/**
 * The version that `If-Match` demands; null where it demands none. Of several the highest: versions only rise, so that
 * no lower one can still be current. Only the procedure can compare it with what is stored, in the write itself.
 * @throws Refusal precondition_failed, when no tag is one of ours
 */
export function demandedVersion(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch.trim() === "*") return null;
  const versions = ifMatch.split(",").flatMap((tag) => versionedTag.exec(tag.trim())?.[1] ?? []);
  if (versions.length === 0) throw new Refusal("precondition_failed", "If-Match names no state of this resource");
  return Math.max(...versions.map(Number));
}
