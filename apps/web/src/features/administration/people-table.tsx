import type { ManagedUser } from "@parley/api/schema/account/administration";
import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";

const roles: Record<ManagedUser["role"], string> = {
  user: "New",
  verified_user: "Visitor",
  host: "Host",
  admin: "Administrator",
};

const cell = "px-4 py-3 align-top";

/** People as an administrator sees them. On a narrow screen the less telling columns leave. */
export function PeopleTable({ people }: { people: readonly ManagedUser[] }) {
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead className="border-b border-hairline text-muted">
          <tr>
            <th scope="col" className={`${cell} font-medium`}>
              Person
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Role
            </th>
            <th scope="col" className={`${cell} hidden font-medium md:table-cell`}>
              Verified
            </th>
            <th scope="col" className={`${cell} hidden font-medium sm:table-cell`}>
              Joined
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-hairline">
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row" className={`${cell} font-normal wrap-anywhere`}>
                <span className="block font-medium">
                  {person.role === "host" && person.username !== null ? (
                    <Link href={`/${person.username}` as Route} className="underline-offset-4 hover:underline">
                      {person.displayName}
                    </Link>
                  ) : (
                    person.displayName
                  )}
                </span>
                <span className="block text-muted">{person.email}</span>
              </th>
              <td className={cell}>{roles[person.role]}</td>
              <td className={`${cell} hidden md:table-cell`}>{verificationsOf(person)}</td>
              <td className={`${cell} hidden whitespace-nowrap sm:table-cell`}>
                <LocalTime instant={person.createdAt} look="date" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function verificationsOf({ emailVerified, isAgeVerified }: ManagedUser): string {
  const proven = [emailVerified && "E-mail", isAgeVerified && "age"].filter((part) => part !== false);
  const text = proven.join(" and ");
  return text === "" ? "Nothing yet" : text.charAt(0).toUpperCase() + text.slice(1);
}
