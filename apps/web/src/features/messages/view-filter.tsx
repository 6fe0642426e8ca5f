import type { Preferences } from "@parley/api/schema/profile/preferences";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";

type View = Preferences["viewingPreference"];

const tabs: readonly { view: View; label: string }[] = [
  { view: "all_messages", label: "Everybody" },
  { view: "following_only", label: "Following" },
  { view: "followers_only", label: "Followers" },
  { view: "my_messages", label: "Mine" },
];

/** Whose messages are read. Links: each list has its own address. */
export function ViewFilter({ view }: { view: View }) {
  return (
    <nav aria-label="Whose messages" className="overflow-x-auto border-b border-hairline">
      <ul className="flex gap-6">
        {tabs.map((tab) => (
          <li key={tab.view}>
            <Link
              href={viewAddress(tab.view) as Route}
              aria-current={tab.view === view ? "page" : undefined}
              className={clsx(
                "block border-b-2 py-2.5 text-sm whitespace-nowrap -outline-offset-2",
                tab.view === view ? "border-accent font-medium" : "border-transparent text-muted hover:text-ink",
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The address of a list. */
export function viewAddress(view: View, page = 1): string {
  return `/messages?view=${view}${page > 1 ? `&page=${page}` : ""}`;
}
