"use client";
import { clsx } from "clsx";
import { countOf } from "@/components/count";
import { Availability } from "@/features/directory/availability";
import { useHostRoom } from "./host-room";

/** Whether the host is there now; a change is read out. */
export function LiveAvailability({ className }: { className?: string }) {
  const { isAvailable } = useHostRoom();
  return (
    <span role="status" className={className}>
      <Availability isAvailable={isAvailable} />
    </span>
  );
}

export function FollowerCount() {
  const { followerCount } = useHostRoom();
  return <span>{countOf(followerCount, "follower")}</span>;
}

/** When the host is there next, in the viewer's zone. */
export function NextOpenings({ className }: { className?: string }) {
  const { next } = useHostRoom().week;
  if (next.length === 0) return null;
  return (
    <div className={clsx("text-sm", className)}>
      <h2 className="font-medium">Next openings</h2>
      <ul className="mt-1 space-y-0.5 text-muted">
        {next.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
