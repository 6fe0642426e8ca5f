import { z } from "zod";

/** Who somebody is elsewhere, as the provider says. */
export interface ProviderProfile {
  /** What stays, whatever the person is called. */
  subject: string;
  username: string;
  displayName: string | null;
  /** Only one that the provider has confirmed. */
  verifiedEmail: string | null;
  profileUrl: string | null;
  avatarUrl: string | null;
}

/** The answers of a provider's resources, by the names that its definition gives them, as one profile. */
export type ReadProfile = (answers: Record<string, unknown>) => ProviderProfile;

const word = z.string().min(1);
const maybe = z.string().min(1).nullish().catch(null);

const openIdClaims = z.object({
  sub: word,
  name: maybe,
  preferred_username: maybe,
  email: maybe,
  // Some providers send text.
  email_verified: z
    .union([z.boolean(), z.literal("true").transform(() => true)])
    .nullish()
    .catch(false),
  profile: maybe,
  picture: maybe,
});

/** Source: OpenID Connect Core 1.0, section 5.1. */
export const fromOpenIdClaims: ReadProfile = ({ userinfo }) => {
  const claims = openIdClaims.parse(userinfo);
  return {
    subject: claims.sub,
    username: claims.preferred_username ?? claims.email ?? claims.name ?? claims.sub,
    displayName: claims.name ?? null,
    verifiedEmail: claims.email_verified === true ? (claims.email ?? null) : null,
    profileUrl: claims.profile ?? null,
    avatarUrl: claims.picture ?? null,
  };
};

const gitHubUser = z.object({ id: z.int(), login: word, name: maybe, html_url: maybe, avatar_url: maybe });
const gitHubEmails = z.array(z.object({ email: word, primary: z.boolean(), verified: z.boolean() }));

/** Source: GitHub REST API, "Get the authenticated user" and "List email addresses for the authenticated user". */
export const fromGitHub: ReadProfile = ({ user, emails }) => {
  const { id, login, name, html_url, avatar_url } = gitHubUser.parse(user);
  const primary = gitHubEmails.parse(emails).find((email) => email.primary && email.verified);
  return {
    subject: String(id),
    username: login,
    displayName: name ?? null,
    verifiedEmail: primary?.email ?? null,
    profileUrl: html_url ?? null,
    avatarUrl: avatar_url ?? null,
  };
};

const mastodonAccount = z.object({ id: word, username: word, display_name: maybe, url: maybe, avatar: maybe });

/** Source: Mastodon API, "Verify account credentials". It tells nobody's address. */
export function fromMastodon(instanceName: string): ReadProfile {
  return ({ account }) => {
    const { id, username, display_name, url, avatar } = mastodonAccount.parse(account);
    return {
      subject: id,
      username: `${username}@${instanceName}`,
      displayName: display_name ?? null,
      verifiedEmail: null,
      profileUrl: url ?? null,
      avatarUrl: avatar ?? null,
    };
  };
}

const xUser = z.object({
  data: z.object({ id: word, username: word, name: maybe, confirmed_email: maybe, profile_image_url: maybe }),
});

/** Source: X API v2, "Get my User". */
export const fromX: ReadProfile = ({ user }) => {
  const { id, username, name, confirmed_email, profile_image_url } = xUser.parse(user).data;
  return {
    subject: id,
    username,
    displayName: name ?? null,
    verifiedEmail: confirmed_email ?? null,
    profileUrl: `https://x.com/${encodeURIComponent(username)}`,
    avatarUrl: profile_image_url ?? null,
  };
};
