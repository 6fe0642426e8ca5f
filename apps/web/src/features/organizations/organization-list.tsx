import type { Organization } from "@parley/api/schema/organizations";
import { Building2, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { countOf } from "@/components/count";
import { roleNames } from "./role-words";

/** The organizations one belongs to, each leading to its page. */
export function OrganizationList({ organizations }: { organizations: readonly Organization[] }) {
  if (organizations.length === 0) {
    return (
      <div className="rounded-lg border border-dashed border-control/60 p-8 text-center">
        <p className="display text-lg">No organizations yet</p>
        <p className="mt-1 text-sm text-muted">
          Create one below, or accept an invitation from our mail, and it appears here.
        </p>
      </div>
    );
  }
  return (
    <ul aria-label="Organizations" className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
      {organizations.map(({ id, name, role, memberCount }) => (
        <li key={id} className="relative flex items-center gap-4 p-4 hover:bg-sunken">
          <Building2 aria-hidden="true" strokeWidth={1.5} className="size-5 shrink-0 text-muted" />
          <div className="min-w-0 flex-1 wrap-anywhere">
            <Link
              href={`/settings/organizations/${id}` as Route}
              className="font-medium no-underline after:absolute after:inset-0"
            >
              {name}
            </Link>
            <p className="text-sm text-muted">
              {roleNames[role]} · {countOf(memberCount, "member")}
            </p>
          </div>
          <ChevronRight aria-hidden="true" strokeWidth={1.5} className="size-4 shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}
