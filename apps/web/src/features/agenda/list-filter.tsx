import type { ListBookings } from "@parley/api/schema/bookings";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { listAddress } from "./list-query";

const times = [
  { when: "upcoming", label: "Upcoming" },
  { when: "past", label: "Past" },
] as const;
const sides = [
  { as: undefined, label: "All" },
  { as: "host", label: "As host" },
  { as: "caller", label: "As caller" },
] as const;

/** Which bookings are listed. Links: each list has its own address. */
export function ListFilter({ query, isHost }: { query: ListBookings; isHost: boolean }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 border-b border-hairline">
      <nav aria-label="When">
        <ul className="flex gap-6">
          {times.map(({ when, label }) => (
            <li key={when}>
              <Link
                href={listAddress({ ...query, when, page: 1 }) as Route}
                aria-current={query.when === when ? "page" : undefined}
                className={clsx(
                  "-mb-px block border-b-2 py-2.5 text-sm -outline-offset-2",
                  query.when === when ? "border-accent font-medium" : "border-transparent text-muted hover:text-ink",
                )}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {isHost && (
        <nav aria-label="Your side" className="pb-2">
          <ul className="flex gap-1">
            {sides.map(({ as, label }) => (
              <li key={label}>
                <Link
                  href={listAddress({ ...query, as, page: 1 }) as Route}
                  aria-current={query.as === as ? "true" : undefined}
                  className={clsx(
                    "flex h-8 items-center rounded-full px-3 text-sm",
                    query.as === as ? "bg-accent-soft font-medium text-accent" : "text-muted hover:text-ink",
                  )}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}
