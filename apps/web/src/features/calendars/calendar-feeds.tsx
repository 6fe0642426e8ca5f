"use client";
import type { CalendarFeeds } from "@parley/api/schema/calendars/feeds";
import { FeedAddress } from "./feed-address";
import { useCalendarFeeds } from "./use-calendar-feeds";

/** The addresses to subscribe to: what one hosts, for hosts, and what one booked. */
export function CalendarFeedList({ initial }: { initial: CalendarFeeds }) {
  const { feeds, isResetting, reset } = useCalendarFeeds(initial);
  return (
    <div className="space-y-8">
      {feeds.host !== null && (
        <FeedAddress
          label="Conversations you host"
          address={feeds.host}
          isResetting={isResetting}
          onReset={() => reset("host")}
        />
      )}
      <FeedAddress
        label="Conversations you booked"
        address={feeds.caller}
        isResetting={isResetting}
        onReset={() => reset("caller")}
      />
    </div>
  );
}
