"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { trpc } from "@/trpc/react";

const checkInterval = 5_000;

/** Notices, while somebody looks, that their address was confirmed elsewhere, and has the page read anew. */
export function useVerifiedEmail(): void {
  const router = useRouter();
  const { data } = trpc.profile.me.useQuery(undefined, { refetchInterval: checkInterval, staleTime: 0 });
  const isVerified = data?.emailVerified === true;
  useEffect(() => {
    if (isVerified) router.refresh();
  }, [isVerified, router]);
}
