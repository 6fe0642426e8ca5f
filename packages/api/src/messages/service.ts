import type { Actor } from "@parley/auth";
import type { ObjectStorage } from "@parley/object-storage";
import { uuidv7 } from "uuidv7";
import { forbidden, invalid, notFound } from "../errors";
import { defaultPreferences } from "../profile/preferences/rules";
import { getPreferences, type PreferenceDependencies } from "../profile/preferences/service";
import { usernameGrammar } from "../profile/rules";
import { accountGone } from "../profile/service";
import type { Message, MessageRange, MessagesByAuthor, PostMessage, Timeline } from "./schema";
import type { MessageStore, Range, StoredMessage } from "./store";

export interface MessageDependencies extends Pick<PreferenceDependencies, "preferences"> {
  messages: MessageStore;
  objects: Pick<ObjectStorage, "publicUrl">;
  clock(): Date;
}

/**
 * Posts, as public as the author prefers where they do not say.
 * @throws forbidden before the author's e-mail address is verified; validation_error beyond their own bound of length.
 */
export async function postMessage(deps: MessageDependencies, actor: Actor, input: PostMessage): Promise<Message> {
  const [standing, preferences] = await Promise.all([
    deps.messages.findStanding(actor.userId),
    getPreferences(deps, actor),
  ]);
  if (standing === null) throw accountGone();
  const { maxMessageLength, defaultVisibility } = preferences;
  // By characters, as the schema counts.
  if ([...input.content].length > maxMessageLength) {
    throw invalid({
      content: `must be at most ${maxMessageLength} characters, the longest that your preferences allow`,
    });
  }
  if (!standing.isEmailVerified) throw forbidden("Verify your e-mail address before you post");
  const stored = await deps.messages.insert({
    id: uuidv7(),
    authorId: actor.userId,
    content: input.content,
    visibility: input.visibility ?? defaultVisibility,
    createdAt: deps.clock(),
  });
  if (stored === null) throw accountGone();
  return toMessage(deps, stored);
}

/**
 * Of one author, newest first: all of one's own, the public ones of others.
 * @throws not_found, also for an account that is private to others: who keeps out of sight does not say so either.
 */
export async function listMessagesByAuthor(
  deps: MessageDependencies,
  actor: Actor,
  { username, offset, limit }: MessagesByAuthor,
): Promise<MessageRange> {
  const author = await findAuthor(deps, username, actor.userId);
  const range = { offset, limit: limit ?? (await getPreferences(deps, actor)).messagesPerPage };
  return toRange(deps, range, { isPublicOnly: author.id !== actor.userId, authorId: author.id });
}

/** The public messages of one author, as strangers read them, newest first. @throws not_found, as above */
export async function listPublicMessages(
  deps: MessageDependencies,
  { username, offset, limit = defaultPreferences.messagesPerPage }: MessagesByAuthor,
): Promise<MessageRange> {
  const author = await findAuthor(deps, username, null);
  return toRange(deps, { offset, limit }, { isPublicOnly: true, authorId: author.id });
}

/** What the caller wants to read of everybody, newest first. */
export async function readTimeline(
  deps: MessageDependencies,
  actor: Actor,
  { view, offset, limit }: Timeline,
): Promise<MessageRange> {
  const { viewingPreference, messagesPerPage } = await getPreferences(deps, actor);
  const range = { offset, limit: limit ?? messagesPerPage };
  const found = await deps.messages.timeline(actor.userId, { ...range, view: view ?? viewingPreference });
  return { ...range, ...found, items: found.items.map((stored) => toMessage(deps, stored)) };
}

/** @throws not_found, also for another's. */
export async function removeMessage(deps: MessageDependencies, actor: Actor, input: { id: string }): Promise<void> {
  if (!(await deps.messages.remove(actor.userId, input.id))) throw notFound("Message");
}

async function findAuthor({ messages }: MessageDependencies, username: string, readerId: string | null) {
  // What cannot be a username is nobody's, and need not trouble the database.
  const author = usernameGrammar.test(username) ? await messages.findAuthor(username) : null;
  if (author === null || (author.isPrivateAccount && author.id !== readerId)) throw notFound("Person");
  return author;
}

async function toRange(
  deps: MessageDependencies,
  range: Range,
  { authorId, isPublicOnly }: { authorId: string; isPublicOnly: boolean },
): Promise<MessageRange> {
  const { items, total } = await deps.messages.byAuthor(authorId, { ...range, isPublicOnly });
  return { items: items.map((stored) => toMessage(deps, stored)), total, ...range };
}

function toMessage({ objects }: Pick<MessageDependencies, "objects">, { author, ...message }: StoredMessage): Message {
  const { avatarKey, ...known } = author;
  return { ...message, author: { ...known, avatarUrl: avatarKey === null ? null : objects.publicUrl(avatarKey) } };
}
