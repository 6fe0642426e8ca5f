import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { buttonClass } from "@/components/button-class";
import { Pager } from "@/components/pager";
import { BookingRow } from "@/features/agenda/booking-row";
import { ListFilter } from "@/features/agenda/list-filter";
import { listAddress, readListQuery } from "@/features/agenda/list-query";
import { ZoneLine } from "@/features/agenda/zone-line";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Bookings",
  description: "The conversations you have booked, and those that others have booked with you.",
  robots: { index: false },
};

export default async function BookingsPage({ searchParams }: PageProps<"/bookings">) {
  const { userId, role } = await requireActor("/bookings");
  const query = readListQuery(await searchParams);
  const { items, total } = await (await api()).bookings.list(query);
  const isHost = role === "host";
  return (
    <div className="page-column max-w-[760px] space-y-6 py-8 md:py-12">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="display text-2xl md:text-3xl">Bookings</h1>
        {isHost && (
          <Link href="/dashboard/calendar" className={buttonClass()}>
            Calendar
          </Link>
        )}
      </div>
      <ListFilter query={query} isHost={isHost} />
      {items.length === 0 ? (
        <Empty isPast={query.when === "past"} isHost={isHost} />
      ) : (
        <>
          <ZoneLine />
          <ul className="space-y-3">
            {items.map((booking) => (
              <li key={booking.id}>
                <BookingRow booking={booking} userId={userId} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Pager
        label="Pages of bookings"
        page={query.page}
        perPage={query.perPage}
        total={total}
        hrefOf={(page) => listAddress({ ...query, page })}
      />
    </div>
  );
}

function Empty({ isPast, isHost }: { isPast: boolean; isHost: boolean }) {
  return (
    <div className="rounded-lg border border-dashed border-control/60 px-6 py-16 text-center">
      <p className="display text-lg">{isPast ? "Nothing behind you yet" : "Nothing ahead of you yet"}</p>
      <p className="mx-auto mt-1 max-w-96 text-sm text-muted">
        {isPast
          ? "Conversations that took place, or were called off, are kept here."
          : isHost
            ? "When somebody books you, it appears here, and we mail you. You may book other hosts, too."
            : "Find somebody who knows, choose a time, and it appears here."}
      </p>
      {!isPast && (
        <Link href="/" className={`${buttonClass({ tone: isHost ? "secondary" : "primary" })} mt-5`}>
          Find a host
        </Link>
      )}
    </div>
  );
}
