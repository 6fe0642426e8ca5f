"use client";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { useHostRoom } from "./host-room";

/** The way to a conversation. Not for the host, who cannot book themself. */
export function BookButton({ className }: { className?: string }) {
  const { host, viewer } = useHostRoom();
  if (viewer === "self") return null;
  return (
    <Link
      href={`/${host.username}/book` as Route}
      rel="nofollow"
      prefetch={false}
      className={clsx(buttonClass({ tone: "primary", size: "large" }), className)}
    >
      Book a time
    </Link>
  );
}
