import { noInput, nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import { follow, followersInput, followingInput, followPage, followStatus, personInput } from "./follows/schema";
import { followPerson, getFollowStatus, listFollowers, listFollowing, unfollowPerson } from "./follows/service";
import { listedUsernames, searchInput, searchPage } from "./search/schema";
import { listUsernames, searchHosts } from "./search/service";

export const directoryRouter = router({
  search: publicly({
    summary: "Search for hosts",
    description: "Hosts that are available come first. Every word of the query must occur in name, username or bio.",
  })
    .input(searchInput)
    .output(searchPage)
    .query(({ ctx, input }) => searchHosts(ctx.deps, input)),

  usernames: publicly({
    summary: "List the usernames of all hosts",
    description: "Newest first, at most 50,000: what a sitemap holds.",
  })
    .input(noInput)
    .output(listedUsernames)
    .query(({ ctx }) => listUsernames(ctx.deps)),

  follow: signedIn({ summary: "Follow a person", errors: ["validation_error", "not_found", "conflict"] })
    .input(personInput)
    .output(follow)
    .mutation(({ ctx, input }) => followPerson(ctx.deps, ctx.actor, input)),

  unfollow: signedIn({ summary: "Stop following a person", errors: ["not_found"] })
    .input(personInput)
    .output(nothing)
    .mutation(({ ctx, input }) => unfollowPerson(ctx.deps, ctx.actor, input)),

  followStatus: signedIn({ summary: "Tell whether the signed-in user follows a person", errors: ["not_found"] })
    .input(personInput)
    .output(followStatus)
    .query(({ ctx, input }) => getFollowStatus(ctx.deps, ctx.actor, input)),

  followers: signedIn({ summary: "List those who follow a person", errors: ["not_found"] })
    .input(followersInput)
    .output(followPage)
    .query(({ ctx, input }) => listFollowers(ctx.deps, ctx.actor, input)),

  following: signedIn({ summary: "List those whom the signed-in user follows" })
    .input(followingInput)
    .output(followPage)
    .query(({ ctx, input }) => listFollowing(ctx.deps, ctx.actor, input)),
});
