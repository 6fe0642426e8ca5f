import type { SearchPage } from "@parley/api/schema/directory/search";
import type { NextOpenings } from "@parley/api/schema/schedule/openings";
import { countOf } from "@/components/count";
import { Pager } from "@/components/pager";
import { DirectoryEmpty } from "./directory-empty";
import { type DirectoryQuery, directoryAddress } from "./directory-query";
import { HostCard } from "./host-card";

export interface DirectoryResultsProps extends NextOpenings {
  query: DirectoryQuery;
  found: SearchPage;
}

/** The hosts found. How many there are is read out whenever it changes. */
export function DirectoryResults({ query, found, nextOpenings }: DirectoryResultsProps) {
  const { items, total, page, perPage } = found;
  const starts = new Map(nextOpenings.map(({ hostId, start }) => [hostId, start]));
  return (
    <>
      <p role="status" className="mt-8 mb-4 text-sm text-muted">
        {summary(query, found)}
      </p>
      {items.length === 0 ? (
        <DirectoryEmpty query={query} total={total} />
      ) : (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {items.map((host) => (
            <li key={host.id}>
              <HostCard host={host} nextOpening={starts.get(host.id) ?? null} />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-8">
        <Pager
          label="Pages of hosts"
          page={page}
          perPage={perPage}
          total={total}
          hrefOf={(target) => directoryAddress({ ...query, page: target })}
        />
      </div>
    </>
  );
}

function summary({ q, isAvailable, maxDollars }: DirectoryQuery, { total, page, perPage, items }: SearchPage): string {
  const hosts = countOf(total, "host");
  const words = q === "" ? "" : ` for “${q}”`;
  const filters = [isAvailable && "available now", maxDollars !== null && `up to $${maxDollars} / min`].filter(Boolean);
  const part =
    items.length > 0 && total > items.length
      ? `, ${(page - 1) * perPage + 1}–${(page - 1) * perPage + items.length} shown`
      : "";
  return `${[hosts + words, ...filters].join(", ")}${part}`;
}
