"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { useHostRoom } from "./host-room";

/** To hear of a host again. Those who are not known yet are asked in, and come back. */
export function FollowButton({ size, className }: { size: "medium" | "large"; className?: string }) {
  const { host, viewer, following } = useHostRoom();
  const { isFollowing, toggle } = following;
  const look = clsx(buttonClass({ size }), className);
  if (viewer === "self") {
    return (
      <Link href="/settings/profile" prefetch={false} className={clsx(buttonClass({ size }), className)}>
        Edit your page
      </Link>
    );
  }
  if (viewer === "anonymous") {
    return (
      <Link
        href={{ pathname: "/sign-in", query: { next: `/${host.username}` } }}
        rel="nofollow"
        prefetch={false}
        className={look}
      >
        Follow
      </Link>
    );
  }
  return (
    <button type="button" aria-pressed={isFollowing} onClick={() => void toggle()} className={look}>
      {isFollowing ? "Following" : "Follow"}
    </button>
  );
}

/** Why following did not work, where it did not. */
export function FollowProblem() {
  const { problem } = useHostRoom().following;
  return (
    <p role="alert" className={clsx("text-sm text-danger", problem === null && "hidden")}>
      {problem}
    </p>
  );
}
