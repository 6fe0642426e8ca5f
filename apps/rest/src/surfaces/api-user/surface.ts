import type { AppRouter } from "@parley/api";
import { avatarMaxBytes } from "@parley/api/rules/profile/avatar";
import { type Identity, identity } from "@parley/api/schema/identities";
import { person, updatePersonInput } from "@parley/api/schema/profile/person";
import { defineSurface, multipart } from "@parley/surface-kit";
import { z } from "zod";
import { securitySchemes } from "../security-schemes";
import { apiUserDialect } from "./dialect";

type Person = z.infer<typeof person>;

/** Exactly the members that the document shows. Source: 004, GET /api/user. */
const user = z
  .object({
    id: person.shape.id,
    username: z.string().nullable(),
    email: z.string(),
    displayName: z.string(),
    bio: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    emailVerified: z.boolean(),
    customerStatus: person.shape.customerStatus,
    defaultVisibility: person.shape.preferences.shape.defaultVisibility,
    createdAt: person.shape.createdAt,
  })
  .meta({ id: "User" });

function toUser(known: Person): z.infer<typeof user> {
  const { id, username, email, displayName, bio, avatarUrl, emailVerified, customerStatus, createdAt } = known;
  const { defaultVisibility } = known.preferences;
  return {
    ...{ id, username, email, displayName, bio, avatarUrl, emailVerified, customerStatus, defaultVisibility },
    createdAt,
  };
}

const { displayName, bio, theme, maxMessageLength, messagesPerPage } = updatePersonInput.shape;
const { notificationTrayLimit, defaultVisibility, viewingPreference } = updatePersonInput.shape;
const { isPrivateAccount, latitude, longitude } = updatePersonInput.shape;

/** Source: 004, PATCH /api/user/update, and inventory I2. One choice has two names there. */
const update = z
  .object({
    ...{ displayName, bio, theme, maxMessageLength, messagesPerPage, notificationTrayLimit },
    ...{ defaultVisibility, viewingPreference, isPrivateAccount, latitude, longitude },
    defaultPubliclyVisible: z.boolean().optional(),
  })
  .refine(
    ({ defaultVisibility: spelt, defaultPubliclyVisible: isPublic }) =>
      spelt === undefined || isPublic === undefined || (spelt === "public") === isPublic,
    { error: "must not contradict defaultVisibility", path: ["defaultPubliclyVisible"] },
  );

function toUpdate({ defaultPubliclyVisible: isPublic, ...rest }: z.infer<typeof update>) {
  return isPublic === undefined ? rest : ({ ...rest, defaultVisibility: isPublic ? "public" : "private" } as const);
}

/** Of an identity that has no server of its own, the document shows no `instanceName`. Source: 004, linked identities. */
const linked = z
  .object({
    id: identity.shape.id,
    provider: identity.shape.provider,
    providerUsername: z.string(),
    instanceName: z.string().optional(),
    createdAt: identity.shape.createdAt,
  })
  .meta({ id: "Identity" });

function toLinked({ id, provider, providerUsername, instanceName, createdAt }: Identity): z.infer<typeof linked> {
  return { id, provider, providerUsername, ...(instanceName !== null && { instanceName }), createdAt };
}

const done = z.object({ success: z.literal(true) }).meta({ id: "Done" });
const toDone = (): z.infer<typeof done> => ({ success: true });
const picture = { schema: z.object({ url: z.string() }).meta({ id: "Picture" }), map: toPicture };

function toPicture({ avatarUrl }: { avatarUrl: string }) {
  return { url: avatarUrl };
}

/** Sensitive acts take the cookie of the web app alone. Source: 004, the column "Auth". */
const sessionAlone = { auth: ["session"] };

/** The signed-in user, with accounts elsewhere, organizations and messages. Source: 004. */
export default defineSurface<AppRouter>()({
  name: "api-user",
  // POST /api/messages lies beside /api/user.
  basePath: "/api",
  documentPath: "/user/openapi.json",
  title: "Users and profile",
  version: "1.0.0",
  description: "The signed-in user: profile, avatar, linked accounts, organizations and messages.",
  dialect: apiUserDialect,
  auth: ["session", "bearer"],
  securitySchemes,
  tags: {
    profile: "The profile of the signed-in user.",
    account: "The account of the signed-in user.",
    identities: "Accounts elsewhere with which the signed-in user can sign in.",
    organizations: "The organizations the signed-in user belongs to.",
    messages: "Short posts, public or private.",
  },
  routes: (route) => [
    route("GET /user", "profile.person", { output: { schema: user, map: toUser } }),
    route("PATCH /user/update", "profile.updatePerson", {
      input: { schema: update, map: toUpdate },
      output: { schema: user, map: toUser },
    }),
    route("POST /user/avatar/upload", "profile.replaceAvatar", {
      body: multipart({ file: { as: "avatar", maxBytes: avatarMaxBytes } }),
      output: picture,
    }),
    route("POST /user/avatar/from-url", "profile.replaceAvatarFromUrl", { output: picture }),

    route("POST /user/change-email/request", "account.requestEmailChange", {
      output: { schema: done, map: toDone },
    }),
    route("POST /user/delete", "account.deleteNow", { ...sessionAlone, output: { schema: done, map: toDone } }),

    route("GET /user/identities", "identities.list", {
      ...sessionAlone,
      output: { schema: z.array(linked), map: (all) => all.map(toLinked) },
    }),
    route("DELETE /user/identities", "identities.remove", { ...sessionAlone, output: { schema: done, map: toDone } }),
    route("POST /user/identities/verify", "identities.verify", {
      ...sessionAlone,
      output: { schema: linked, map: toLinked },
    }),

    route("GET /user/organizations", "organizations.list", sessionAlone),
    route("POST /user/organizations", "organizations.create", { ...sessionAlone, status: 201 }),

    route("GET /user/{username}/messages", "messages.byAuthor", sessionAlone),
    // The document has no page for it: there must be a way to say something. Source: inventory I11.
    route("POST /messages", "messages.post", { status: 201 }),
  ],
});
