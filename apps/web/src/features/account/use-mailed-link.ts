"use client";
import { useEffect, useRef, useState } from "react";
import { failureOf, type ShownFailure } from "@/trpc/failure";

/** How far the link of a mail has come: it waits for a press, it is settled, or it works no more. */
export type LinkState<Outcome> =
  | { stage: "open"; isBusy: boolean; failure: ShownFailure | null; press(): void }
  | { stage: "settled"; outcome: Outcome }
  | { stage: "unusable" };

/**
 * Redeems the token of a mail. Opening the page alone does not: mail scanners open links, and run scripts too. It takes a
 * press, but where `isPressed` says that whoever opened it has just asked for it here.
 * @param settle loads what it needs and redeems the token
 */
export function useMailedLink<Outcome>(settle: () => Promise<Outcome>, isPressed = false): LinkState<Outcome> {
  const [settled, setSettled] = useState<{ outcome: Outcome } | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isBusy, setIsBusy] = useState(isPressed);

  async function run() {
    setIsBusy(true);
    try {
      setSettled({ outcome: await settle() });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsBusy(false);
    }
  }

  const start = useRef(isPressed ? run : null);
  useEffect(() => {
    const begin = start.current;
    start.current = null;
    void begin?.();
  }, []);

  if (settled !== null) return { stage: "settled", outcome: settled.outcome };
  if (failure?.code === "validation_error") return { stage: "unusable" };
  return { stage: "open", isBusy, failure, press: () => void run() };
}
