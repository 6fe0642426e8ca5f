import type { OAuthSession } from "@atproto/oauth-client-node";
import { z } from "zod";
import { IdentityProviderError } from "../identity-provider-error";
import type { ProviderProfile } from "../profiles";

const maybe = z.string().min(1).nullish().catch(null);

/** Source: lexicon com.atproto.server.getSession. */
const ownSession = z.object({
  did: z.string().min(1),
  email: maybe,
  emailConfirmed: z.boolean().nullish().catch(false),
});

/** Source: lexicons com.atproto.repo.getRecord and app.bsky.actor.profile. */
const profileRecord = z.object({
  value: z.object({
    displayName: maybe,
    avatar: z
      .object({ ref: z.object({ $link: z.string().min(1) }) })
      .nullish()
      .catch(null),
  }),
});

/** What stands where a person's name leads nowhere any more. Source: the protocol's handle specification. */
const noHandle = "handle.invalid";

/**
 * Reads who somebody is at the server that keeps their data.
 * @param handle as the directory says, and as it leads back to them
 * @param signInUrl of the server at which they signed in
 * @throws IdentityProviderError
 */
export async function readAtprotoProfile(
  session: OAuthSession,
  handle: string,
  signInUrl: string,
): Promise<ProviderProfile> {
  const { did, email, emailConfirmed } = ownSession.parse(await read(session, "com.atproto.server.getSession"));
  if (did !== session.did) throw new IdentityProviderError("refused");
  const { displayName, avatar } = await readRecord(session);
  const { aud: dataServer } = await session.getTokenInfo(false);
  const username = handle === noHandle ? did : handle;
  const isProven = emailConfirmed === true && isOfSameHouse(dataServer, signInUrl);
  return {
    subject: did,
    username,
    displayName: displayName ?? null,
    verifiedEmail: isProven ? (email ?? null) : null,
    profileUrl: `https://bsky.app/profile/${encodeURIComponent(username)}`,
    avatarUrl: avatar
      ? new URL(`/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did, cid: avatar.ref.$link })}`, dataServer)
          .href
      : null,
  };
}

/**
 * Whether who keeps a person's data is who signs them in. People may keep their data wherever they like, at a server of their
 * own too, which can say of any address that it is confirmed.
 */
function isOfSameHouse(dataServer: string, signInUrl: string): boolean {
  const [data, signIn] = [new URL(dataServer), new URL(signInUrl)];
  if (data.origin === signIn.origin) return true;
  // Bluesky's accounts sign in at one door, and live on servers of these names.
  return signIn.host === "bsky.social" && data.protocol === "https:" && data.hostname.endsWith(".host.bsky.network");
}

/** Nothing where they have written no profile. */
async function readRecord(session: OAuthSession): Promise<Partial<z.infer<typeof profileRecord>["value"]>> {
  const record = { repo: session.did, collection: "app.bsky.actor.profile", rkey: "self" };
  const answer = await read(session, `com.atproto.repo.getRecord?${new URLSearchParams(record)}`, [400, 404]);
  return answer === null ? {} : profileRecord.parse(answer).value;
}

/** @returns null for a status that stands for nothing to read */
async function read(session: OAuthSession, method: string, nothing: readonly number[] = []): Promise<unknown> {
  const response = await session.fetchHandler(`/xrpc/${method}`);
  if (nothing.includes(response.status)) return null;
  if (!response.ok) throw new IdentityProviderError(response.status < 500 ? "refused" : "unreachable");
  return response.json();
}
