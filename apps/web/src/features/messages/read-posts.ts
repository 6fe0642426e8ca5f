import "server-only";
import type { MessageRange } from "@parley/api/schema/messages";
import { cache } from "react";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/** On a host's page: a few, for they are not what it is about. */
const postsAPage = 5;

/** What stands on a host's public page. Null where the account is private, and nobody is to find what it wrote. */
export const readPosts = cache(async (username: string, page: number): Promise<MessageRange | null> => {
  try {
    const range = { offset: (page - 1) * postsAPage, limit: postsAPage };
    return await (await api()).messages.publicByAuthor({ username, ...range });
  } catch (error) {
    if ((await procedures()).toFailure(error).code === "not_found") return null;
    throw error;
  }
});
