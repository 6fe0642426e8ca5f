import type { AppRouter } from "@parley/api";
import { person, updatePersonInput } from "@parley/api/schema/profile/person";
import { defineSurface } from "@parley/surface-kit";
import { z } from "zod";
import { securitySchemes } from "../security-schemes";
import { meDialect } from "./dialect";

type Person = z.infer<typeof person>;

const address = z.object({
  id: person.shape.id,
  userId: person.shape.id,
  email: z.string(),
  verified: z.boolean(),
  passwordSet: z.boolean(),
  createdAt: person.shape.createdAt,
  updatedAt: person.shape.updatedAt,
});

const number = z.object({
  id: person.shape.id,
  userId: person.shape.id,
  phoneNumber: z.string(),
  verified: z.boolean(),
  primary: z.boolean(),
  createdAt: person.shape.createdAt,
  updatedAt: person.shape.updatedAt,
});

const link = z.object({
  id: person.shape.id,
  name: z.string(),
  email: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  provider: z.string(),
  createdAt: person.shape.createdAt,
  updatedAt: person.shape.updatedAt,
});

/** Source: 001, with the members of its later edition that Parley knows (inventory B6). */
const user = z
  .object({
    id: person.shape.id,
    status: person.shape.status,
    name: z.string(),
    bio: z.string().nullable(),
    activeSessions: z.int().min(0),
    defaultEmail: z.string(),
    avatarUrl: z.string().nullable(),
    phoneNumber: z.string().nullable(),
    locale: z.string().nullable(),
    timezone: z.string().nullable(),
    emails: z.array(address),
    identities: z.array(link),
    phoneNumbers: z.array(number),
    createdAt: person.shape.createdAt,
    updatedAt: person.shape.updatedAt,
  })
  .meta({ id: "User" });

function toUser(known: Person): z.infer<typeof user> {
  const { id, status, displayName, bio, activeSessions, email, avatarUrl, locale, timezone, details } = known;
  const { createdAt, updatedAt } = known;
  // An address and a number are facts of the person here, not rows of their own: they share the id.
  const row = { id, userId: id, createdAt, updatedAt };
  return {
    ...{ id, status, name: displayName, bio, activeSessions, defaultEmail: email, avatarUrl, locale, timezone },
    phoneNumber: details.phone,
    emails: [{ ...row, email, verified: known.emailVerified, passwordSet: known.hasPassword }],
    identities: known.identities.map(({ lastVerifiedAt, providerUsername, ...linked }) => ({
      ...{ id: linked.id, name: providerUsername, email: linked.email, avatarUrl: linked.avatarUrl },
      ...{ provider: linked.provider, createdAt: linked.createdAt, updatedAt: lastVerifiedAt ?? linked.createdAt },
    })),
    phoneNumbers:
      details.phone === null ? [] : [{ ...row, phoneNumber: details.phone, verified: false, primary: true }],
    createdAt,
    updatedAt,
  };
}

const { bio, avatarUrl, locale, timezone, displayName } = updatePersonInput.shape;
const update = z.object({ name: displayName, bio, avatarUrl, locale, timezone });

/** The signed-in user. Source: 001. */
export default defineSurface<AppRouter>()({
  name: "me",
  basePath: "/me",
  title: "Current user",
  version: "1.0.0",
  description: "The user to whom the login token was issued.",
  dialect: meDialect,
  auth: ["bearer"],
  securitySchemes: { bearer: securitySchemes.bearer },
  tags: { profile: "The profile of the signed-in user.", account: "The account of the signed-in user." },
  routes: (route) => [
    route("GET /", "profile.person", { output: { schema: user, map: toUser } }),
    route("PATCH /", "profile.updatePerson", {
      input: {
        schema: update,
        map: ({ name, ...rest }: z.infer<typeof update>) => ({ ...rest, displayName: name }),
      },
      rename: { displayName: "name" },
      output: { schema: user, map: toUser },
    }),
    // The document's request has no body: a fresh sign-in is what proves that its owner asks.
    route("DELETE /", "account.requestDeletion", {
      status: 202,
      input: { schema: z.object({}), map: () => ({}) },
      output: { schema: z.void(), map: () => undefined },
    }),
  ],
});
