"use client";
import { useEffect, useState } from "react";
import type { LiveFacts } from "./remote";

/** Gentle: one small question now and then, and none while nobody looks. */
const interval = 30_000;

/** Whether a host is there now, as it was rendered and then as it changes. */
export function useLiveFacts(username: string, rendered: LiveFacts) {
  const [facts, setFacts] = useState(rendered);

  useEffect(() => {
    let isOver = false;
    let askedAt = Date.now();
    const ask = async () => {
      if (document.hidden || Date.now() - askedAt < interval / 2) return;
      askedAt = Date.now();
      const { readLiveFacts } = await import("./remote");
      const found = await readLiveFacts(username);
      if (found !== null && !isOver) setFacts(found);
    };
    const timer = setInterval(() => void ask(), interval);
    const onReturn = () => void ask();
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      isOver = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [username]);

  return [facts, setFacts] as const;
}
