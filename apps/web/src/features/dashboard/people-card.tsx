import type { FollowPage } from "@parley/api/schema/directory/follows";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/components/card";
import { formatCount } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { Portrait } from "@/components/portrait";

export interface PeopleCardProps {
  title: string;
  people: FollowPage;
  /** What will be here, and how it comes about. */
  empty: ReactNode;
  className?: string;
}

/** Those who follow, or are followed: how many, and the newest of them. */
export function PeopleCard({ title, people, empty, className }: PeopleCardProps) {
  const { items, total } = people;
  return (
    <Card className={clsx("space-y-4 p-5", className)}>
      <div className="flex items-baseline justify-between gap-4">
        <h2 className="text-lg font-medium">{title}</h2>
        <p className="display text-xl">{formatCount(total)}</p>
      </div>
      {total === 0 ? (
        <div className="space-y-3 text-sm text-muted">{empty}</div>
      ) : (
        <ul className="space-y-3">
          {items.map((person) => (
            <li key={person.id} className="flex items-center gap-3">
              <Portrait name={person.displayName} url={person.avatarUrl} size={32} />
              <p className="min-w-0 flex-1 truncate text-sm">
                {person.username === null ? (
                  person.displayName
                ) : (
                  <Link href={`/${person.username}` as Route} className="underline-offset-4 hover:underline">
                    {person.displayName}
                  </Link>
                )}
              </p>
              <p className="shrink-0 text-sm text-muted">
                <LocalTime instant={person.followedAt} look="ago" />
              </p>
            </li>
          ))}
        </ul>
      )}
      {total > items.length && <p className="text-sm text-muted">and {total - items.length} more</p>}
    </Card>
  );
}
