import { nothing } from "../primitives";
import { publicly, router, signedIn } from "../trpc";
import {
  message,
  messageRange,
  messagesByAuthorInput,
  postMessageInput,
  removeMessageInput,
  timelineInput,
} from "./schema";
import { listMessagesByAuthor, listPublicMessages, postMessage, readTimeline, removeMessage } from "./service";

export const messagesRouter = router({
  post: signedIn({
    summary: "Post a message",
    description:
      "Public or private. Nobody may post more than they allow themselves, nor before their e-mail is verified.",
    errors: ["forbidden"],
    limit: "message",
  })
    .input(postMessageInput)
    .output(message)
    .mutation(({ ctx, input }) => postMessage(ctx.deps, ctx.actor, input)),

  byAuthor: signedIn({
    summary: "List the messages of a person",
    description: "All of one's own; of others the public ones. A private account is found by nobody but its owner.",
    errors: ["not_found"],
  })
    .input(messagesByAuthorInput)
    .output(messageRange)
    .query(({ ctx, input }) => listMessagesByAuthor(ctx.deps, ctx.actor, input)),

  publicByAuthor: publicly({
    summary: "List the public messages of a person",
    description: "What stands on the public page of a host. No authentication is needed.",
    errors: ["not_found"],
  })
    .input(messagesByAuthorInput)
    .output(messageRange)
    .query(({ ctx, input }) => listPublicMessages(ctx.deps, input)),

  timeline: signedIn({
    summary: "List the messages that the signed-in user wants to read",
    description: "Their own and the public ones of others, narrowed by the view asked for or by their preference.",
  })
    .input(timelineInput)
    .output(messageRange)
    .query(({ ctx, input }) => readTimeline(ctx.deps, ctx.actor, input)),

  remove: signedIn({ summary: "Remove a message of one's own", errors: ["not_found"] })
    .input(removeMessageInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeMessage(ctx.deps, ctx.actor, input)),
});
