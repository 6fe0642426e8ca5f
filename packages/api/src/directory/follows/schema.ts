import { z } from "zod";
import { id, instant, pageOf, pageRequest } from "../../primitives";

/** The person who is followed, or whose followers are asked for. */
export const personInput = z.object({ id });

export const follow = z.object({ followerId: id, followedId: id, createdAt: instant }).meta({ id: "Follow" });
export type Follow = z.infer<typeof follow>;

export const followStatus = z
  .object({ isFollowing: z.boolean(), followedAt: instant.nullable() })
  .meta({ id: "FollowStatus" });
export type FollowStatus = z.infer<typeof followStatus>;

/** What a list of follows tells of a person, who need not be a host. */
const followPerson = z
  .object({
    id,
    displayName: z.string(),
    username: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    followedAt: instant,
  })
  .meta({ id: "FollowPerson" });

export const followersInput = pageRequest.extend({ id });
export const followingInput = pageRequest;
export type FollowingRequest = z.infer<typeof followingInput>;

export const followPage = pageOf(followPerson);
export type FollowPage = z.infer<typeof followPage>;
