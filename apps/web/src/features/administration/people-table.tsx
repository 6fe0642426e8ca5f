import type { ManagedUser } from "@parley/api/schema/account/administration";
import type { PlanOffer, PlanOfPerson } from "@parley/api/schema/subscription";
import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { BanControl } from "./ban-control";
import { PlanControl } from "./plan-control";
import { PlanSummary } from "./plan-summary";

const roles: Record<ManagedUser["role"], string> = {
  user: "New",
  verified_user: "Visitor",
  host: "Host",
  admin: "Administrator",
};

const cell = "px-4 py-3 align-top";
const heading = `${cell} font-medium`;
/** On a narrow screen a person takes two lines: who they are, then their plan beside their status. */
const line = "max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_8rem]";
const own = "max-sm:col-span-2 max-sm:pb-0";

export interface PeopleTableProps {
  people: readonly ManagedUser[];
  /** Of those among them who have a plan or had one. */
  plans: readonly PlanOfPerson[];
  knownPlans: readonly PlanOffer[];
  /** Who looks at it, and cannot ban themself. */
  ownId: string;
}

/** People as an administrator sees them. On a narrow screen the less telling columns leave. */
export function PeopleTable({ people, plans, knownPlans, ownId }: PeopleTableProps) {
  const planOf = new Map(plans.map((plan) => [plan.userId, plan]));
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-left text-sm max-sm:block">
        <thead className="border-b border-hairline text-muted max-sm:block">
          <tr className={line}>
            <th scope="col" className={`${heading} ${own}`}>
              Person
            </th>
            <th scope="col" className={`${heading} hidden md:table-cell`}>
              Role
            </th>
            <th scope="col" className={`${heading} hidden lg:table-cell`}>
              Verified
            </th>
            <th scope="col" className={`${heading} hidden lg:table-cell`}>
              Joined
            </th>
            <th scope="col" className={heading}>
              Plan
            </th>
            <th scope="col" className={heading}>
              Status
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-hairline max-sm:block">
          {people.map((person) => (
            <tr key={person.id} className={line}>
              <th scope="row" className={`${cell} ${own} font-normal wrap-anywhere`}>
                <span className="block font-medium">
                  <NameOf person={person} />
                </span>
                <span className="block text-muted">{person.email}</span>
              </th>
              <td className={`${cell} hidden md:table-cell`}>{roles[person.role]}</td>
              <td className={`${cell} hidden lg:table-cell`}>{verificationsOf(person)}</td>
              <td className={`${cell} hidden whitespace-nowrap lg:table-cell`}>
                <LocalTime instant={person.createdAt} look="date" />
              </td>
              <td className={`${cell} sm:min-w-40`}>
                <PlanSummary plan={planOf.get(person.id)} />
                {person.bannedAt === null && (
                  <PlanControl person={person} plan={planOf.get(person.id)} known={knownPlans} />
                )}
              </td>
              <td className={`${cell} sm:min-w-32`}>
                <Standing person={person} />
                {person.id !== ownId && <BanControl person={person} isBanned={person.bannedAt !== null} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Leads to the public page where there is one. */
function NameOf({ person: { role, username, bannedAt, displayName } }: { person: ManagedUser }) {
  if (role !== "host" || username === null || bannedAt !== null) return displayName;
  return (
    <Link href={`/${username}` as Route} className="underline-offset-4 hover:underline">
      {displayName}
    </Link>
  );
}

function Standing({ person: { bannedAt, banReason, emailVerified } }: { person: ManagedUser }) {
  if (bannedAt === null) return <p>{emailVerified ? "Active" : "Pending"}</p>;
  return (
    <>
      <p className="font-medium text-danger">
        Banned <LocalTime instant={bannedAt} look="date" />
      </p>
      {banReason !== null && <p className="max-w-64 text-muted wrap-anywhere whitespace-pre-line">{banReason}</p>}
    </>
  );
}

function verificationsOf({ emailVerified, isAgeVerified }: ManagedUser): string {
  const proven = [emailVerified && "E-mail", isAgeVerified && "age"].filter((part) => part !== false);
  const text = proven.join(" and ");
  return text === "" ? "Nothing yet" : text.charAt(0).toUpperCase() + text.slice(1);
}
