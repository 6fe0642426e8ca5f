"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { toast } from "sonner";
import { useVerifiedEmail } from "@/features/account/use-verified-email";
import { trpc } from "@/trpc/react";

/** People look at documents: it takes hours, so asking seldom is soon enough. */
const reviewInterval = 15_000;

/** Has the page read anew once the address was confirmed, wherever that was. */
export function EmailWatch() {
  useVerifiedEmail();
  return null;
}

/** Has the page read anew once a document was looked at. */
export function ReviewWatch() {
  const router = useRouter();
  const { data } = trpc.hostOnboarding.ageVerification.useQuery(undefined, {
    refetchInterval: reviewInterval,
    staleTime: 0,
  });
  const status = data?.status;
  useEffect(() => {
    if (status === undefined || status === "pending") return;
    if (status === "verified") toast.success("Your age is verified.");
    else toast.error("Your document was not accepted.", { description: "You see why under “Age”." });
    router.refresh();
  }, [status, router]);
  return null;
}
