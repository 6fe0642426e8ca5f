"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";

export interface FollowingOptions {
  id: string;
  path: string;
  isFollowing: boolean;
  /** Told how the number of followers changes: at once, and back where it fails. */
  onCount(by: 1 | -1): void;
}

/** Following at a press: shown at once, taken back with a message where the server does not agree. */
export function useFollowing({ id, path, isFollowing: wasFollowing, onCount }: FollowingOptions) {
  const router = useRouter();
  const [isFollowing, setIsFollowing] = useState(wasFollowing);
  const [isSaving, setIsSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const show = (next: boolean) => {
    setIsFollowing(next);
    onCount(next ? 1 : -1);
  };
  const toggle = async () => {
    if (isSaving) return;
    const next = !isFollowing;
    setIsSaving(true);
    setProblem(null);
    show(next);
    const failure = await save(id, next);
    setIsSaving(false);
    if (failure === null) return router.refresh();
    show(!next);
    if (failure.code === "unauthorized") window.location.assign(`/sign-in?next=${encodeURIComponent(path)}&ended=1`);
    else setProblem(failure.message);
  };

  return { isFollowing, isSaving, problem, toggle };
}

async function save(id: string, isFollowing: boolean) {
  try {
    const { saveFollowing } = await import("./remote");
    return await saveFollowing(id, isFollowing);
  } catch {
    // Not even the code for it could be loaded.
    return { code: "offline", message: "You seem to be offline. Try again when you are back." } as const;
  }
}
