import { ageOn } from "@parley/api/rules/host-onboarding/age-verification";
import {
  type ListAgeVerifications,
  listAgeVerificationsInput,
} from "@parley/api/schema/host-onboarding/age-verification";
import type { Metadata } from "next";
import { requireRole } from "@/auth/guard";
import { Pager } from "@/components/pager";
import { RequestCard } from "@/features/administration/request-card";
import { StatusFilter } from "@/features/administration/status-filter";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Age verifications", description: "Requests that wait for a decision." };

const requestsAPage = 10;

export default async function AgeVerificationsPage({ searchParams }: PageProps<"/admin">) {
  await requireRole("admin", "/admin");
  const asked = readQuery(await searchParams);
  const { items, total } = await (await api()).hostOnboarding.ageVerifications(asked);
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="display text-2xl">Age verifications</h1>
        <StatusFilter present={asked.status} />
      </div>
      {items.length === 0 ? (
        <div className="rounded-lg border border-dashed border-control/60 px-6 py-16 text-center">
          <p className="display text-lg">{asked.status === "pending" ? "Nobody is waiting" : "Nothing here yet"}</p>
          <p className="mt-1 text-sm text-muted">
            {asked.status === "pending"
              ? "When someone sends a document to prove their age, it appears here."
              : "Decided requests are listed here, without their documents."}
          </p>
        </div>
      ) : (
        <ul className="space-y-4">
          {items.map((request) => (
            <li key={request.id}>
              <RequestCard request={request} age={ageOn(request.birthDate, today)} />
            </li>
          ))}
        </ul>
      )}
      <Pager
        label="Pages of requests"
        page={asked.page}
        perPage={asked.perPage}
        total={total}
        hrefOf={(page) => `/admin?status=${asked.status}&page=${page}`}
      />
    </div>
  );
}

/** What an address asks for; what makes no sense is the queue. */
function readQuery(query: Record<string, string | string[] | undefined>): ListAgeVerifications {
  const asked = listAgeVerificationsInput.safeParse({
    status: query.status,
    page: query.page === undefined ? undefined : Number(query.page),
    perPage: requestsAPage,
  });
  return asked.data ?? { status: "pending", page: 1, perPage: requestsAPage };
}
