import type { ReactNode } from "react";
import { Notices } from "@/components/notices";
import { TrpcProvider } from "@/trpc/provider";

/**
 * What pages of forms stand in: procedures by hook, and notices. The layout of each such section puts it about its pages;
 * the root layout does not, since visitors who only read would load it all.
 */
export function Interactive({ children }: { children: ReactNode }) {
  return (
    <TrpcProvider>
      {children}
      <Notices />
    </TrpcProvider>
  );
}
