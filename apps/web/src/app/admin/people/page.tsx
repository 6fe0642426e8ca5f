import { type FindUsers, findUsersInput } from "@parley/api/schema/account/administration";
import type { Metadata } from "next";
import { requireRole } from "@/auth/guard";
import { countOf } from "@/components/count";
import { Pager } from "@/components/pager";
import { PeopleSearch } from "@/features/administration/people-search";
import { PeopleTable } from "@/features/administration/people-table";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "People", description: "Find people by e-mail address, name or username." };

const peopleAPage = 25;

export default async function PeoplePage({ searchParams }: PageProps<"/admin/people">) {
  const { userId } = await requireRole("admin", "/admin/people");
  const asked = readQuery(await searchParams);
  const { account, subscription } = await api();
  const [{ items, total }, knownPlans] = await Promise.all([account.findUsers(asked), subscription.known()]);
  const plans = await subscription.ofPeople({ userIds: items.map(({ id }) => id) });
  const hrefOf = (page: number) => `/admin/people?${new URLSearchParams({ q: asked.q ?? "", page: String(page) })}`;
  return (
    <div className="space-y-6">
      <h1 className="display text-2xl">People</h1>
      <PeopleSearch q={asked.q ?? ""} />
      <p role="status" className="text-sm text-muted">
        {countOf(total, "person", "people")}
        {asked.q && ` matching “${asked.q}”`}
      </p>
      {items.length === 0 ? (
        <div className="rounded-lg border border-dashed border-control/60 px-6 py-16 text-center">
          <p className="display text-lg">Nobody of that name</p>
          <p className="mt-1 text-sm text-muted">Try a part of the e-mail address, the name or the username.</p>
        </div>
      ) : (
        <PeopleTable people={items} plans={plans} knownPlans={knownPlans} ownId={userId} />
      )}
      <Pager label="Pages of people" page={asked.page} perPage={asked.perPage} total={total} hrefOf={hrefOf} />
    </div>
  );
}

/** What an address asks for; what makes no sense is everybody. */
function readQuery(query: Record<string, string | string[] | undefined>): FindUsers {
  const asked = findUsersInput.safeParse({
    q: query.q === "" ? undefined : query.q,
    page: query.page === undefined ? undefined : Number(query.page),
    perPage: peopleAPage,
  });
  return asked.data ?? { page: 1, perPage: peopleAPage };
}
