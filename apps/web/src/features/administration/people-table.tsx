import type { ManagedUser } from "@parley/api/schema/account/administration";
import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { BanControl } from "./ban-control";

const roles: Record<ManagedUser["role"], string> = {
  user: "New",
  verified_user: "Visitor",
  host: "Host",
  admin: "Administrator",
};

const cell = "px-4 py-3 align-top";

export interface PeopleTableProps {
  people: readonly ManagedUser[];
  /** Who looks at it, and cannot ban themself. */
  ownId: string;
}

/** People as an administrator sees them. On a narrow screen the less telling columns leave. */
export function PeopleTable({ people, ownId }: PeopleTableProps) {
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead className="border-b border-hairline text-muted">
          <tr>
            <th scope="col" className={`${cell} font-medium`}>
              Person
            </th>
            <th scope="col" className={`${cell} hidden font-medium sm:table-cell`}>
              Role
            </th>
            <th scope="col" className={`${cell} hidden font-medium md:table-cell`}>
              Verified
            </th>
            <th scope="col" className={`${cell} hidden font-medium md:table-cell`}>
              Joined
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Status
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-hairline">
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row" className={`${cell} font-normal wrap-anywhere`}>
                <span className="block font-medium">
                  <NameOf person={person} />
                </span>
                <span className="block text-muted">{person.email}</span>
              </th>
              <td className={`${cell} hidden sm:table-cell`}>{roles[person.role]}</td>
              <td className={`${cell} hidden md:table-cell`}>{verificationsOf(person)}</td>
              <td className={`${cell} hidden whitespace-nowrap md:table-cell`}>
                <LocalTime instant={person.createdAt} look="date" />
              </td>
              <td className={`${cell} min-w-32`}>
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
