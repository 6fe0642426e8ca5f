import { z } from "zod";
import { id, instant, rangeOf, text } from "../primitives";
import { viewingPreference, visibility } from "../profile/preferences/schema";
import { usernameLookup } from "../profile/schema";

/** The most that anybody may allow themselves; the author's own preference is mostly less. Source: inventory I2. */
const messageContent = text({ min: 1, max: 10_000, isProse: true });

export const postMessageInput = z.object({
  content: messageContent,
  /** Left out: as the author's preference has it. */
  visibility: visibility.optional(),
});
export type PostMessage = z.infer<typeof postMessageInput>;

export const message = z
  .object({
    id,
    content: z.string(),
    visibility,
    createdAt: instant,
    author: z.object({
      id,
      username: z.string().nullable(),
      displayName: z.string(),
      avatarUrl: z.string().nullable(),
      /** Then their username leads to a public page. */
      isHost: z.boolean(),
    }),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof message>;

const range = z.object({
  offset: z.int().min(0).max(10_000_000).default(0),
  /** Left out: the reader's messages a page, or 20 for strangers. */
  limit: z.int().min(1).max(100).optional(),
});

export const messagesByAuthorInput = range.extend({ username: usernameLookup });
export type MessagesByAuthor = z.infer<typeof messagesByAuthorInput>;

export const timelineInput = range.extend({
  /** Left out: the reader's preference. */
  view: viewingPreference.optional(),
});
export type Timeline = z.infer<typeof timelineInput>;

/** `total` counts all that the reader may see. */
export const messageRange = rangeOf(message);
export type MessageRange = z.infer<typeof messageRange>;

export const removeMessageInput = z.object({ id });
