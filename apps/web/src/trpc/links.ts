import type { AppRouter } from "@parley/api";
import { httpBatchLink, splitLink, type TRPCLink } from "@trpc/client";
import { holdsFile, uploadLink } from "./upload-link";

/** The browser's way to the procedures: small calls together in one request, files each in their own. */
export function links(): TRPCLink<AppRouter>[] {
  return [
    splitLink({
      condition: ({ input }) => holdsFile(input),
      true: uploadLink("/api/trpc"),
      false: httpBatchLink({ url: "/api/trpc", maxURLLength: 4_000 }),
    }),
  ];
}
