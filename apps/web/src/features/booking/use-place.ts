"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { failureOf, type ShownFailure } from "@/trpc/failure";
import { trpc } from "@/trpc/react";
import { type KeptPlace, readPlace, writePlace } from "./kept-place";

/** Keeps one place at a time on a host's page, so that nobody takes it while its visitor signs in or writes. */
export function usePlace(username: string) {
  const { client } = trpc.useUtils();
  const [place, setPlace] = useState<KeptPlace | null>(null);
  const [unkept, setUnkept] = useState<string | null>(null);
  const latest = useRef<KeptPlace | null>(null);
  const underWay = useRef<{ wanted: string; answer: Promise<ShownFailure | null> } | null>(null);

  const remember = useCallback(
    (next: KeptPlace | null) => {
      latest.current = next;
      setPlace(next);
      setUnkept(null);
      writePlace(username, next);
    },
    [username],
  );

  /** Gives the place back. Nobody waits for that: it expires by itself. */
  const release = useCallback(async () => {
    const held = latest.current ?? readPlace(username, Date.now());
    remember(null);
    if (held !== null) await client.bookings.releaseHold.mutate({ id: held.id }).catch(() => {});
  }, [client, remember, username]);

  const take = useCallback(
    async (start: string, minutes: number): Promise<ShownFailure | null> => {
      const known = latest.current ?? readPlace(username, Date.now());
      const isSame = known !== null && Date.parse(known.start) === Date.parse(start) && known.minutes === minutes;
      if (isSame && Date.parse(known.expiresAt) > Date.now()) {
        remember(known);
        return null;
      }
      if (known !== null) await release();
      try {
        const held = await client.bookings.hold.mutate({ hostUsername: username, start, durationMinutes: minutes });
        remember({ id: held.id, start: held.start, minutes, expiresAt: held.expiresAt });
        return null;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.code !== "rate_limited") return failure;
        setUnkept(start);
        return null;
      }
    },
    [client, release, remember, username],
  );

  /**
   * Keeps a place, in exchange for the one before.
   * @returns why it cannot be booked; null where it is kept, and where it is open, but nothing more is kept for those who
   * come from this address
   */
  const keep = useCallback(
    (start: string, minutes: number): Promise<ShownFailure | null> => {
      const wanted = `${start} ${minutes}`;
      // Asked twice at once, the second would find the place taken: by the first.
      if (underWay.current?.wanted !== wanted) underWay.current = { wanted, answer: take(start, minutes) };
      const { answer } = underWay.current;
      return answer.finally(() => {
        if (underWay.current?.answer === answer) underWay.current = null;
      });
    },
    [take],
  );

  /** The booking has taken it over. */
  const forget = useCallback(() => remember(null), [remember]);

  return { place, unkept, keep, release, forget };
}

/** The seconds that are left until an instant, each second; null before the browser has told its time. */
export function useSecondsUntil(instant: string | null): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (instant === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [instant]);
  if (instant === null || now === null) return null;
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1_000));
}
