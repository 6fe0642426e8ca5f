"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** The picture as it is now, and what changes it. A failed upload leaves the old one in place. */
export function useAvatar(initialUrl: string | null) {
  const router = useRouter();
  const [url, setUrl] = useState(initialUrl);
  const [uploaded, setUploaded] = useState(0);
  const replacement = trpc.profile.replaceAvatar.useMutation({ trpc: { context: { onUploadProgress: setUploaded } } });
  const removal = trpc.profile.removeAvatar.useMutation();

  async function replace(file: File): Promise<boolean> {
    setUploaded(0);
    try {
      const { avatarUrl } = await replacement.mutateAsync({ avatar: file });
      setUrl(avatarUrl);
    } catch (error) {
      const { message, fields } = failureOf(error);
      toast.error(fields.avatar === undefined ? message : `The picture ${fields.avatar}.`, {
        description: "Your present picture stays.",
      });
      return false;
    }
    toast.success("Picture saved.");
    router.refresh();
    return true;
  }

  async function remove(): Promise<void> {
    const previous = url;
    setUrl(null);
    try {
      await removal.mutateAsync();
    } catch (error) {
      setUrl(previous);
      toast.error(failureOf(error).message, { description: "Your picture is still there." });
      return;
    }
    toast.success("Picture removed.");
    router.refresh();
  }

  return { url, uploaded, isUploading: replacement.isPending, isRemoving: removal.isPending, replace, remove };
}
