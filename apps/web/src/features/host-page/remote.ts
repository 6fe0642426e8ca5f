import { client } from "@/trpc/client";
import { failureOf, type ShownFailure } from "@/trpc/failure";

// Loaded when there is something to ask, not with the page.

/** What may change while somebody looks at a host's page. */
export interface LiveFacts {
  isAvailable: boolean;
  followerCount: number;
}

/** Null where it could not be learned; the next time will do. */
export async function readLiveFacts(username: string): Promise<LiveFacts | null> {
  try {
    const { isAvailable, followerCount } = await client.profile.publicByUsername.query({ username });
    return { isAvailable, followerCount };
  } catch {
    return null;
  }
}

/** Follows, or stops. Null when it is so now, also where it was so already. */
export async function saveFollowing(id: string, isFollowing: boolean): Promise<ShownFailure | null> {
  try {
    await (isFollowing ? client.directory.follow.mutate({ id }) : client.directory.unfollow.mutate({ id }));
    return null;
  } catch (error) {
    const failure = failureOf(error);
    const wasSoAlready = failure.code === (isFollowing ? "conflict" : "not_found");
    return wasSoAlready ? null : failure;
  }
}
