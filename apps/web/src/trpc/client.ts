import type { AppRouter } from "@parley/api";
import { createTRPCClient } from "@trpc/client";
import { links } from "./links";

/**
 * The procedures without hooks, for public pages: `import()` it when there is something to ask, so that those who only
 * read load none of it.
 */
export const client = createTRPCClient<AppRouter>({ links: links() });
