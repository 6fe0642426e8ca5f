"use client";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/button";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** For those who have only ever signed in with an account elsewhere: a password comes by the link that replaces one. */
export function FirstPassword({ email }: { email: string }) {
  const request = trpc.account.requestPasswordReset.useMutation();
  const [isSent, setIsSent] = useState(false);
  const ask = async () => {
    try {
      await request.mutateAsync({ email });
      setIsSent(true);
    } catch (error) {
      toast.error(failureOf(error).message);
    }
  };
  return (
    <div className="space-y-4">
      <p className="text-sm text-muted">
        You have none: you sign in with your linked accounts. With a password you can sign in without them as well.
      </p>
      <Button isPending={request.isPending} isDisabled={isSent} onPress={() => void ask()}>
        {isSent ? "Mail sent" : "Choose a password"}
      </Button>
      <p role="status" className="text-sm wrap-anywhere">
        {isSent && `Open the link that we have sent to ${email} within the hour.`}
      </p>
    </div>
  );
}
