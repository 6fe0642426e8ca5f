import { ArrowLeft } from "lucide-react";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { requireActor } from "@/auth/guard";
import { MoveFlow } from "@/features/booking/move-flow";
import { readBooking } from "@/features/booking/read-booking";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Move a booking",
  description: "Choose another time for your conversation.",
  robots: { index: false },
};

export default async function ReschedulePage({ params }: PageProps<"/bookings/[id]/reschedule">) {
  const { id } = await params;
  const { userId } = await requireActor(`/bookings/${id}/reschedule`);
  const booking = await readBooking(id);
  const { hostUsername, status } = booking;
  const isLive = status === "requested" || status === "confirmed";
  // What cannot be moved says so on its own page.
  if (hostUsername === null || !isLive || Date.parse(booking.start) <= Date.now()) redirect(`/bookings/${id}` as Route);
  const { windowDays, requiresConsent } = await (await api()).schedule.bookingOptions({ username: hostUsername });
  const isHost = booking.hostId === userId;
  const other = isHost ? booking.callerDisplayName : booking.hostDisplayName;
  return (
    <div className="page-column space-y-8 py-8 md:py-12">
      <header className="space-y-4">
        <Link
          href={`/bookings/${id}` as Route}
          className="inline-flex min-h-8 items-center gap-2 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" strokeWidth={1.5} className="size-4" /> Leave it as it is
        </Link>
        <h1 className="display text-2xl wrap-anywhere md:text-3xl">Move your conversation with {other}</h1>
      </header>
      <MoveFlow
        booking={booking}
        hostUsername={hostUsername}
        windowDays={windowDays}
        asksAgain={requiresConsent && !isHost}
      />
    </div>
  );
}
