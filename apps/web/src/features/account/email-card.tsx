"use client";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** The address of an account, whether it is proven, and another mail where it is not. */
export function EmailCard({ email, isVerified }: { email: string; isVerified: boolean }) {
  const resend = trpc.account.resendVerification.useMutation();
  const [isSent, setIsSent] = useState(false);
  const send = async () => {
    try {
      await resend.mutateAsync();
      setIsSent(true);
      toast.success("Mail sent.", { description: `Look in the inbox of ${email}.` });
    } catch (error) {
      toast.error(failureOf(error).message);
    }
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-hairline bg-raised p-4">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{email}</p>
        <p className={isVerified ? "text-sm text-accent" : "text-sm text-warn"}>
          {isVerified
            ? "Verified"
            : isSent
              ? "Not verified yet. The link in the mail works for 24 hours."
              : "Not verified"}
        </p>
      </div>
      {!isVerified && (
        <Button isPending={resend.isPending} isDisabled={isSent} onPress={() => void send()}>
          {isSent ? "Mail sent" : "Send the mail again"}
        </Button>
      )}
    </div>
  );
}
