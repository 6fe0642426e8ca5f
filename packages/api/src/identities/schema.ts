import { z } from "zod";
import { email, id, instant, text } from "../primitives";

export const identityProvider = z.enum(["github", "mastodon", "bluesky", "linkedin", "x", "oidc"]);

/** The host of a Mastodon server or of an issuer; null where the provider is one. */
const instanceName = z.string().nullable();

/** An account elsewhere with which its owner can sign in. Source: 004, and inventory I5. */
export const identity = z
  .object({
    id,
    provider: identityProvider,
    /** With the server's name at Mastodon: `robin@mastodon.example`. */
    providerUsername: z.string(),
    instanceName,
    /** The address that the provider has confirmed, where it tells one. */
    email: z.string().nullable(),
    profileUrl: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    createdAt: instant,
    /** When the provider last said that it is so. */
    lastVerifiedAt: instant.nullable(),
  })
  .meta({ id: "Identity" });
export type Identity = z.infer<typeof identity>;

export const identityList = z.array(identity);

/** Which identity: one person has one at a provider, and at Mastodon one at a server. */
export const identityInput = z.object({
  provider: identityProvider,
  /** May be left out where there is only one of the provider. */
  instanceName: text({ min: 1, max: 255 }).toLowerCase().optional(),
});
export type IdentityInput = z.infer<typeof identityInput>;

/** A provider with which people may sign in here. */
const offeredProvider = z
  .object({
    provider: identityProvider,
    instanceName,
    /** As people call it. */
    name: z.string(),
    /** As addresses name it. */
    key: z.string(),
  })
  .meta({ id: "OfferedProvider" });
export type OfferedProvider = z.infer<typeof offeredProvider>;

export const offeredProviderList = z.array(offeredProvider);

const address = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .nullable()
  .catch(null);

/** What a provider says of a person, as far as we can keep it: an odd picture must not keep anyone out. */
export const shownProfile = z.object({
  subject: text({ min: 1, max: 255 }),
  username: text({ min: 1, max: 255 }),
  displayName: text({ min: 1, max: 80 }).nullable().catch(null),
  verifiedEmail: email.nullable().catch(null),
  profileUrl: address,
  avatarUrl: address,
});
export type ShownProfile = z.infer<typeof shownProfile>;

/** What is sealed beside an identity. */
export const providerTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  /** ISO 8601; null where the provider does not say. */
  expiresAt: z.string().nullable(),
});
export type ProviderTokens = z.infer<typeof providerTokens>;
