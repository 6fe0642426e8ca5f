import { createMessage, type UserFacts } from "@parley/testing/factories";
import { openProduct, type Product, type SignedIn } from "@parley/testing/product";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../dependencies";
import { followPerson } from "../directory/follows/service";
import { updatePreferences } from "../profile/preferences/service";
import { createTasks } from "../worker";
import { messagesByAuthorInput, postMessageInput, timelineInput } from "./schema";
import { listMessagesByAuthor, listPublicMessages, postMessage, readTimeline, removeMessage } from "./service";

let product: Product<Dependencies>;
beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

const deps = () => product.deps;
let names = 0;
const person = (facts: UserFacts = {}) => {
  names += 1;
  return product.person({ role: "verified_user", username: `person-${names}`, ...facts });
};
const of = ({ username }: SignedIn, range = {}) => messagesByAuthorInput.parse({ username, ...range });
const post = ({ actor }: SignedIn, input: object) => postMessage(deps(), actor, postMessageInput.parse(input));
const write = ({ id }: SignedIn, facts = {}) => createMessage(product.deps.database.pool, id, facts);
const prefer = ({ actor }: SignedIn, input: object) => updatePreferences(deps(), actor, input);
const contents = async (range: Promise<{ items: { content: string }[] }>) =>
  (await range).items.map(({ content }) => content);
const hidden = { code: "not_found", message: "Person not found" };

describe("posting", () => {
  test("keeps what was written, as its author is known", async () => {
    const ann = await person({ displayName: "Ann", avatarKey: "avatars/ann.jpg" });
    const posted = await post(ann, { content: "  Two lines,\nno more  ", visibility: "private" });
    expect(posted).toEqual({
      id: posted.id,
      content: "Two lines,\nno more",
      visibility: "private",
      createdAt: posted.createdAt,
      author: {
        id: ann.id,
        username: ann.username,
        displayName: "Ann",
        avatarUrl: "http://localhost:4000/objects/avatars/ann.jpg",
        isHost: false,
      },
    });
    expect(await listMessagesByAuthor(deps(), ann.actor, of(ann))).toEqual({
      items: [posted],
      total: 1,
      limit: 20,
      offset: 0,
    });
  });

  test("is public unless its author prefers otherwise", async () => {
    const ann = await person();
    expect(await post(ann, { content: "One" })).toMatchObject({ visibility: "public" });
    await prefer(ann, { defaultVisibility: "private" });
    expect(await post(ann, { content: "Two" })).toMatchObject({ visibility: "private" });
    expect(await post(ann, { content: "Three", visibility: "public" })).toMatchObject({ visibility: "public" });
  });

  test("ends where the author's own bound does, counted by characters", async () => {
    const ann = await person();
    await prefer(ann, { maxMessageLength: 3 });
    expect(await post(ann, { content: "👋👋👋" })).toMatchObject({ content: "👋👋👋" });
    await expect(post(ann, { content: "four" })).rejects.toMatchObject({
      code: "validation_error",
      details: { content: "must be at most 3 characters, the longest that your preferences allow" },
    });
    await prefer(ann, { maxMessageLength: 10_000 });
    expect((await post(ann, { content: "x".repeat(10_000) })).content).toHaveLength(10_000);
  });

  test("needs a verified address, and an account that is there", async () => {
    const stranger = await person({ role: "user" });
    await expect(post(stranger, { content: "Hello" })).rejects.toMatchObject({
      code: "forbidden",
      message: "Verify your e-mail address before you post",
    });
    const ann = await person();
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.id]);
    await expect(post(ann, { content: "Hello" })).rejects.toMatchObject({ code: "unauthorized" });
  });

  test.each([
    ["nothing", {}, "content"],
    ["blanks alone", { content: " \n " }, "content"],
    ["10001 characters", { content: "x".repeat(10_001) }, "content"],
    ["a NUL", { content: "a\u0000b" }, "content"],
    ["half a character", { content: "a\ud800" }, "content"],
    ["another visibility", { content: "x", visibility: "friends" }, "visibility"],
  ])("refuses %s", (_, input, field) => {
    expect(postMessageInput.safeParse(input).error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });
});

describe("reading an author", () => {
  test("shows the public ones to others, and all to the author, newest first", async () => {
    const [ann, bob] = [await person(), await person()];
    await write(ann, { content: "old", minutesAgo: 2 });
    await write(ann, { content: "secret", visibility: "private", minutesAgo: 1 });
    await write(ann, { content: "new" });
    expect(await contents(listMessagesByAuthor(deps(), ann.actor, of(ann)))).toEqual(["new", "secret", "old"]);
    expect(await contents(listMessagesByAuthor(deps(), bob.actor, of(ann)))).toEqual(["new", "old"]);
    expect(await contents(listPublicMessages(deps(), of(ann)))).toEqual(["new", "old"]);
  });

  test("in parts, as many as the reader prefers", async () => {
    const [ann, bob] = [await person(), await person()];
    for (let i = 0; i < 12; i++) await write(ann, { content: `${i}`, minutesAgo: i });
    await prefer(bob, { messagesPerPage: 10 });
    const first = await listMessagesByAuthor(deps(), bob.actor, of(ann));
    expect(first).toMatchObject({ total: 12, limit: 10, offset: 0 });
    const rest = await listMessagesByAuthor(deps(), bob.actor, of(ann, { offset: 10 }));
    expect([...first.items, ...rest.items].map(({ content }) => content)).toEqual([...Array(12).keys()].map(String));
    expect(await listPublicMessages(deps(), of(ann, { offset: 11, limit: 1 }))).toMatchObject({
      items: [{ content: "11" }],
      total: 12,
      limit: 1,
      offset: 11,
    });
    expect(await listPublicMessages(deps(), of(ann, { offset: 12 }))).toMatchObject({ items: [], total: 12 });
  });

  test("finds nobody where there is nobody, nobody any more, or nobody who wants to be seen", async () => {
    const bob = await person();
    const gone = await person();
    await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [gone.id]);
    const banned = await person();
    await product.sql("UPDATE users SET banned_at = now() WHERE id = $1", [banned.id]);
    const shy = await person();
    await prefer(shy, { isPrivateAccount: true });
    await write(shy, { content: "for me" });
    for (const username of ["nobody-at-all", "not a name", gone.username, banned.username, shy.username]) {
      const input = messagesByAuthorInput.parse({ username });
      await expect(listMessagesByAuthor(deps(), bob.actor, input)).rejects.toMatchObject(hidden);
      await expect(listPublicMessages(deps(), input)).rejects.toMatchObject(hidden);
    }
    expect(await contents(listMessagesByAuthor(deps(), shy.actor, of(shy)))).toEqual(["for me"]);
  });
});

describe("the timeline", () => {
  test("shows whom its reader prefers", async () => {
    await product.sql("DELETE FROM messages");
    const [reader, followed, follower, stranger, shy] = [
      await person(),
      await person(),
      await person(),
      await person(),
      await person(),
    ];
    await followPerson(deps(), reader.actor, { id: followed.id });
    await followPerson(deps(), reader.actor, { id: shy.id });
    await followPerson(deps(), follower.actor, { id: reader.id });
    await prefer(shy, { isPrivateAccount: true });
    await write(reader, { content: "mine", visibility: "private" });
    await write(followed, { content: "followed", minutesAgo: 1 });
    await write(followed, { content: "not for others", visibility: "private", minutesAgo: 1 });
    await write(follower, { content: "follower", minutesAgo: 2 });
    await write(stranger, { content: "stranger", minutesAgo: 3 });
    await write(shy, { content: "shy", minutesAgo: 3 });

    const seen = (view?: string) =>
      contents(readTimeline(deps(), reader.actor, timelineInput.parse({ view, limit: 4 })));
    expect(await seen()).toEqual(["mine", "followed", "follower", "stranger"]);
    expect(await seen("my_messages")).toEqual(["mine"]);
    expect(await seen("following_only")).toEqual(["followed"]);
    expect(await seen("followers_only")).toEqual(["follower"]);
    await prefer(reader, { viewingPreference: "following_only" });
    expect(await seen()).toEqual(["followed"]);
    expect(await seen("my_messages")).toEqual(["mine"]);
  });
});

describe("removing", () => {
  test("is for the author alone, once", async () => {
    const [ann, bob] = [await person(), await person()];
    const { id } = await write(ann);
    const missing = { code: "not_found", message: "Message not found" };
    await expect(removeMessage(deps(), bob.actor, { id })).rejects.toMatchObject(missing);
    await removeMessage(deps(), ann.actor, { id });
    await expect(removeMessage(deps(), ann.actor, { id })).rejects.toMatchObject(missing);
    expect(await contents(listMessagesByAuthor(deps(), ann.actor, of(ann)))).toEqual([]);
  });
});
