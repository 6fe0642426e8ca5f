"use client";
import type { PublicProfile } from "@parley/api/schema/profile";
import type { PublicWeek } from "@parley/api/schema/schedule/openings";
import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
} from "react";
import type { Display } from "@/components/display";
import { useDisplay } from "@/components/use-display";
import { type WeekView, weekView } from "@/features/schedule/week-view";
import { useFollowing } from "./use-following";
import { useLiveFacts } from "./use-live-facts";

/** Who looks: nobody known, someone signed in, or the host. */
export type Viewer = "anonymous" | "member" | "self";

export interface HostRoomProps {
  host: Pick<PublicProfile, "id" | "username" | "displayName" | "isAvailable" | "followerCount">;
  viewer: Viewer;
  isFollowing: boolean;
  openings: PublicWeek["intervals"];
  /** The week as the server wrote it, which knows neither the viewer's zone nor their language for sure. */
  renderedWeek: WeekView;
  /** What it took them to be. */
  renderedFor: Display;
  children: ReactNode;
}

interface Room {
  host: HostRoomProps["host"];
  viewer: Viewer;
  isAvailable: boolean;
  followerCount: number;
  following: ReturnType<typeof useFollowing>;
  week: WeekView;
}

const RoomContext = createContext<Room | null>(null);

/** What the parts of a host's page share: the same button stands on it twice, and both say the same. */
export function HostRoom({ host, viewer, isFollowing, openings, renderedWeek, renderedFor, children }: HostRoomProps) {
  const { id, username, isAvailable, followerCount } = host;
  const [facts, setFacts] = useLiveFacts(username, { isAvailable, followerCount });
  const following = useFollowing({
    id,
    path: `/${username}`,
    isFollowing,
    onCount: (by) => setFacts((known) => ({ ...known, followerCount: Math.max(0, known.followerCount + by) })),
  });
  // The week is written anew in the viewer's zone once the page is alive: not while they first touch it.
  const display = useDeferredValue(useDisplay(), null);
  const isAsRendered =
    display === null || (display.timeZone === renderedFor.timeZone && display.locale === renderedFor.locale);
  const now = useMinute({ isAwaited: !isAsRendered });
  const week = useMemo(
    () => (display === null || now === null ? renderedWeek : weekView(openings, display, now)),
    [openings, display, now, renderedWeek],
  );
  return <RoomContext value={{ host, viewer, ...facts, following, week }}>{children}</RoomContext>;
}

export function useHostRoom(): Room {
  const room = use(RoomContext);
  if (room === null) throw new Error("This part of a host's page stands outside of its room");
  return room;
}

/**
 * The time, as often as a line that marks it needs it. Null while what the server wrote will do: until the first minute has
 * passed, or somebody waits for it.
 */
function useMinute({ isAwaited }: { isAwaited: boolean }): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (isAwaited) startTransition(() => setNow((known) => known ?? Date.now()));
  }, [isAwaited]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
