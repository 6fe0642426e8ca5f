"use client";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink, splitLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import { failureOf } from "./failure";
import { trpc } from "./react";
import { holdsFile, uploadLink } from "./upload-link";

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    trpc.createClient({
      links: [
        splitLink({
          condition: ({ input }) => holdsFile(input),
          true: uploadLink("/api/trpc"),
          false: httpBatchLink({ url: "/api/trpc", maxURLLength: 4_000 }),
        }),
      ],
    }),
  );
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}

function createQueryClient(): QueryClient {
  // A session that was ended elsewhere shows in the first answer after: the page starts over, signed out.
  const leaveIfSignedOut = (error: unknown) => {
    if (failureOf(error).code === "unauthorized" && window.location.pathname !== "/sign-in") {
      window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname)}&ended=1`);
    }
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (count, error) => count < 2 && failureOf(error).isTransient },
    },
  });
}
