import { noInput, nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import { avatarAnswer, replaceAvatarFromUrlInput, replaceAvatarInput } from "./avatar/schema";
import { removeAvatar, replaceAvatar, replaceAvatarFromUrl } from "./avatar/service";
import { person, updatePersonInput } from "./person/schema";
import { getPerson, updatePerson } from "./person/service";
import { display, preferences, updatePreferencesInput } from "./preferences/schema";
import { getDisplay, getPreferences, updatePreferences } from "./preferences/service";
import {
  ownProfile,
  publicProfile,
  publicProfileInput,
  updateProfileInput,
  usernameAvailability,
  usernameAvailabilityInput,
} from "./schema";
import { getOwnProfile, getPublicProfile, getUsernameAvailability, updateProfile } from "./service";

export const profileRouter = router({
  me: signedIn({ summary: "Retrieve the full profile of the signed-in user" })
    .input(noInput)
    .output(ownProfile)
    .query(({ ctx }) => getOwnProfile(ctx.deps, ctx.actor)),

  update: signedIn({
    summary: "Update the signed-in user's profile",
    description: "Only the members that are included change. Unknown and read-only members are ignored.",
    errors: ["conflict"],
  })
    .input(updateProfileInput)
    .output(ownProfile)
    .mutation(({ ctx, input }) => updateProfile(ctx.deps, ctx.actor, input)),

  usernameAvailability: signedIn({
    summary: "Tell whether the signed-in user could take a username",
    description: "One's own present and recently given-up usernames are available to oneself. Nothing is kept aside.",
  })
    .input(usernameAvailabilityInput)
    .output(usernameAvailability)
    .query(({ ctx, input }) => getUsernameAvailability(ctx.deps, ctx.actor, input)),

  replaceAvatar: signedIn({
    summary: "Upload a profile avatar image",
    description: "JPEG, PNG, WebP or GIF of at most 5 MB; cropped to a square of 512 by 512 pixels.",
  })
    .input(replaceAvatarInput)
    .output(avatarAnswer)
    .mutation(({ ctx, input }) => replaceAvatar(ctx.deps, ctx.actor, input)),

  replaceAvatarFromUrl: signedIn({
    summary: "Fetch a picture and keep a copy as the avatar",
    description: "From a public address over http or https: at most 5 MB, within 10 seconds, over 3 redirects.",
  })
    .input(replaceAvatarFromUrlInput)
    .output(avatarAnswer)
    .mutation(({ ctx, input }) => replaceAvatarFromUrl(ctx.deps, ctx.actor, input)),

  removeAvatar: signedIn({ summary: "Remove the avatar" })
    .input(noInput)
    .output(nothing)
    .mutation(({ ctx }) => removeAvatar(ctx.deps, ctx.actor)),

  person: signedIn({
    summary: "Retrieve everything the signed-in user is known by",
    description: "Account, personal details, preferences and the present plan.",
  })
    .input(noInput)
    .output(person)
    .query(({ ctx }) => getPerson(ctx.deps, ctx.actor)),

  updatePerson: signedIn({
    summary: "Update whatever the signed-in user is known by",
    description: "Only the members that are included change; null clears what may be unknown.",
  })
    .input(updatePersonInput)
    .output(person)
    .mutation(({ ctx, input }) => updatePerson(ctx.deps, ctx.actor, input)),

  preferences: signedIn({ summary: "Retrieve how the signed-in user likes Parley to be" })
    .input(noInput)
    .output(preferences)
    .query(({ ctx }) => getPreferences(ctx.deps, ctx.actor)),

  display: signedIn({ summary: "Retrieve how pages look to the signed-in user: theme, language and time zone" })
    .input(noInput)
    .output(display)
    .query(({ ctx }) => getDisplay(ctx.deps, ctx.actor)),

  updatePreferences: signedIn({
    summary: "Update how the signed-in user likes Parley to be",
    description: "Only the members that are included change.",
  })
    .input(updatePreferencesInput)
    .output(preferences)
    .mutation(({ ctx, input }) => updatePreferences(ctx.deps, ctx.actor, input)),

  publicByUsername: publicly({
    summary: "Retrieve the public profile of a host",
    description: "No authentication is needed. A former username redirects to the present one.",
    errors: ["not_found", "moved"],
  })
    .input(publicProfileInput)
    .output(publicProfile)
    .query(({ ctx, input }) => getPublicProfile(ctx.deps, input)),
});
