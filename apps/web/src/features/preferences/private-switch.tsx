"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Switch } from "@/components/switch";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** One after another: what was chosen last is what is kept. */
const inTurn = { id: "private" };

/** Keeps out of sight, or comes back into it, at once; taken back where it could not be kept. */
export function PrivateSwitch({ isPrivate: initial }: { isPrivate: boolean }) {
  const router = useRouter();
  const update = trpc.profile.updatePreferences.useMutation({ scope: inTurn });
  const [isPrivate, setIsPrivate] = useState(initial);
  const turn = async (isOn: boolean) => {
    setIsPrivate(isOn);
    try {
      await update.mutateAsync({ isPrivateAccount: isOn });
      toast.success(isOn ? "Your account is private." : "Your account is public again.");
      router.refresh();
    } catch (error) {
      setIsPrivate(!isOn);
      toast.error(failureOf(error).message);
    }
  };
  return (
    <Switch isOn={isPrivate} onChange={(isOn) => void turn(isOn)}>
      <span className="block font-medium">Private account</span>
      <span className="block text-sm text-muted">
        You are in no list and no search, and nobody else reads your messages. A public page still opens for those who
        have its address, so that what is booked can be kept.
      </span>
    </Switch>
  );
}
