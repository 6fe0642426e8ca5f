import type { PublicProfile } from "@parley/api/schema/profile";
import type { Route } from "next";
import Link from "next/link";
import { formatCents } from "@/components/money";
import { Portrait } from "@/components/portrait";
import { Availability } from "./availability";
import { NextOpening } from "./next-opening";

export interface HostCardProps {
  host: PublicProfile;
  /** When they can be booked next; null where they cannot within a month. */
  nextOpening: string | null;
}

/** A face, a name, a line, a price, a time: enough to choose whom to read about. */
export function HostCard({ host, nextOpening }: HostCardProps) {
  return (
    <article className="relative flex h-full items-start gap-4 rounded-lg border border-hairline bg-raised p-5 transition-colors duration-150 ease-out hover:border-control">
      {/* Even the first are fetched once they are laid out: ahead of the style sheet they would hold up the words. */}
      <Portrait name={host.displayName} url={host.avatarUrl} size={72} />
      <div className="min-w-0 flex-1">
        <h2 className="display truncate text-lg leading-7">
          {/* A dozen pages are too many to fetch ahead. */}
          <Link
            href={`/${host.username}` as Route}
            prefetch={false}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
          >
            {host.displayName}
          </Link>
        </h2>
        <p className="truncate text-sm text-muted">{firstLine(host.bio) ?? `@${host.username}`}</p>
        <p className="mt-2.5 flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5 text-sm">
          <span>
            <span className="font-medium">{formatCents(host.ratePerMinuteCents)}</span>
            <span className="text-muted"> / min</span>
          </span>
          <Availability isAvailable={host.isAvailable} />
        </p>
        {nextOpening !== null && <NextOpening start={nextOpening} />}
      </div>
    </article>
  );
}

function firstLine(bio: string | null): string | null {
  return bio?.trim().split("\n")[0] || null;
}
