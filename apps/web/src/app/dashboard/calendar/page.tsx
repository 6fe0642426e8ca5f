import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { buttonClass } from "@/components/button-class";
import { AgendaCalendar } from "@/features/agenda/agenda-calendar";
import { RequestList } from "@/features/agenda/request-list";

export const metadata: Metadata = {
  title: "Calendar",
  description: "Your conversations, day by day and month by month.",
  robots: { index: false },
};

export default async function CalendarPage() {
  const { userId, role } = await requireActor("/dashboard/calendar");
  return (
    <div className="page-column space-y-8 py-8 md:py-12">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="display text-2xl md:text-3xl">Calendar</h1>
        <div className="flex flex-wrap gap-3">
          {role === "host" && (
            <Link href="/settings/availability" className={buttonClass()}>
              Edit your hours
            </Link>
          )}
          <Link href="/bookings" className={buttonClass()}>
            All bookings
          </Link>
        </div>
      </div>
      {role === "host" && <RequestList userId={userId} />}
      <AgendaCalendar userId={userId} />
    </div>
  );
}
