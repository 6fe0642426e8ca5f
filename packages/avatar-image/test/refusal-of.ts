import { AvatarImageError, normaliseAvatar } from "../src/avatar-image";

/** The reason for refusing `bytes`, or null if they became an avatar. Any other error fails the test. */
export async function refusalOf(bytes: Uint8Array): Promise<AvatarImageError["reason"] | null> {
  try {
    await normaliseAvatar(bytes);
    return null;
  } catch (error) {
    if (error instanceof AvatarImageError) return error.reason;
    throw error;
  }
}
