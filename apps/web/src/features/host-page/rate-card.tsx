import type { PublicProfile } from "@parley/api/schema/profile";
import { formatCents } from "@/components/money";
import { BookButton } from "./book-button";
import { FollowButton, FollowProblem } from "./follow-button";
import { FollowerCount, LiveAvailability, NextOpenings } from "./live-parts";

type Rated = Pick<PublicProfile, "ratePerMinuteCents" | "windowSizeMinutes">;

/** What it costs, when it is possible, and what to do about it: beside the page, in sight. */
export function RateCard({ host }: { host: Rated }) {
  return (
    <div className="rounded-lg border border-hairline bg-raised p-6">
      <LiveAvailability className="text-sm" />
      <p className="mt-3">
        <span className="display text-3xl">{formatCents(host.ratePerMinuteCents)}</span>
        <span className="text-muted"> / min</span>
      </p>
      <p className="mt-1 text-sm text-muted">{windowCost(host)}</p>
      <NextOpenings className="mt-5 border-t border-hairline pt-5" />
      <div className="mt-6 space-y-3">
        <BookButton className="w-full max-lg:hidden" />
        <FollowButton size="large" className="w-full" />
        <FollowProblem />
      </div>
      <p className="mt-4 text-sm text-muted text-center">
        <FollowerCount />
      </p>
    </div>
  );
}

/** The way to a booking on a phone, where the thumb is. */
export function RateBar({ host }: { host: Rated }) {
  return (
    <div className="sticky bottom-0 z-20 mt-12 border-t border-hairline bg-paper lg:hidden">
      <div className="page-column flex min-h-18 items-center justify-between gap-x-4 py-3">
        <p className="min-w-0 leading-tight">
          <span className="font-medium">{formatCents(host.ratePerMinuteCents)}</span>
          <span className="text-muted"> / min</span>
          <LiveAvailability className="block text-sm" />
        </p>
        <BookButton />
      </div>
    </div>
  );
}

function windowCost({ ratePerMinuteCents, windowSizeMinutes }: Rated): string {
  return `A ${windowSizeMinutes}-minute window costs ${formatCents(ratePerMinuteCents * windowSizeMinutes)}.`;
}
