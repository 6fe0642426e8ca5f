import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { requireActor } from "@/auth/guard";
import { env } from "@/env";
import { BookingView } from "@/features/booking/booking-view";
import { readBooking } from "@/features/booking/read-booking";

export const metadata: Metadata = {
  title: "Booking",
  description: "When you talk, with whom, and what may be done about it.",
  robots: { index: false },
};

const query = z.object({
  /** Set where it was booked, or moved, a moment ago. */
  booked: z.literal("1").optional().catch(undefined),
  moved: z.literal("1").optional().catch(undefined),
});

export default async function BookingPage({ params, searchParams }: PageProps<"/bookings/[id]">) {
  const { id } = await params;
  const { userId } = await requireActor(`/bookings/${id}`);
  const booking = await readBooking(id);
  const { booked, moved } = query.parse(await searchParams);
  return (
    <div className="page-column max-w-[760px] space-y-6 py-8 md:py-12">
      <Link
        href="/bookings"
        className="inline-flex min-h-8 items-center gap-2 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
      >
        <ArrowLeft aria-hidden="true" strokeWidth={1.5} className="size-4" /> All bookings
      </Link>
      <BookingView
        booking={booking}
        userId={userId}
        page={`${env().webUrl}/bookings/${id}`}
        news={booked ? "booked" : moved ? "moved" : null}
      />
    </div>
  );
}
