"use client";
import { usernameProblem } from "@parley/api/rules/profile";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { trpc } from "@/trpc/react";

const pauseMilliseconds = 300;
/** Shorter than this, people are still at it. */
const minLength = 3;

export interface ShownAvailability {
  state: "unknown" | "own" | "asking" | "free" | "refused";
  /** Why not, worded to follow "Username"; empty otherwise. */
  reason: string;
}

/** Whether a username can be had, asked once its typing has paused. Only a hint: saving decides. */
export function useUsernameAvailability(typed: string, own: string | null): ShownAvailability {
  const name = typed.trim().toLowerCase();
  const [asked, setAsked] = useState(name);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(name), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [name]);

  const problem = name.length < minLength ? null : usernameProblem(name);
  const isAskable = name.length >= minLength && problem === null && name !== own;
  const { data, isError } = trpc.profile.usernameAvailability.useQuery(
    { username: asked },
    { enabled: isAskable && asked === name, placeholderData: keepPreviousData },
  );

  if (problem !== null) return { state: "refused", reason: problem };
  if (own !== null && name === own) return { state: "own", reason: "" };
  if (!isAskable || isError) return { state: "unknown", reason: "" };
  if (asked !== name || data === undefined) return { state: "asking", reason: "" };
  return data.isAvailable ? { state: "free", reason: "" } : { state: "refused", reason: "is taken" };
}
