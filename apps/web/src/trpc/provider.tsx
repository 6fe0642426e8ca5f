"use client";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { failureOf } from "./failure";
import { links } from "./links";
import { trpc } from "./react";
import { leaveIfSignedOut } from "./signed-out";

let ofThisTab: QueryClient | undefined;

/** What `trpc` hooks need about them. Several on a page share what they know. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(openQueryClient);
  const [client] = useState(() => trpc.createClient({ links: links() }));
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}

function openQueryClient(): QueryClient {
  // On the server, one a rendering: what one person was told is nobody else's.
  if (typeof window === "undefined") return createQueryClient();
  ofThisTab ??= createQueryClient();
  return ofThisTab;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (count, error) => count < 2 && failureOf(error).isTransient },
    },
  });
}
