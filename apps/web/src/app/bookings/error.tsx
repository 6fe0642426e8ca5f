"use client";
import { FailedPage } from "@/components/failed-page";

export default function BookingsError({ retry }: { retry(): void }) {
  return (
    <div className="page-column py-12">
      <FailedPage what="Your bookings" retry={retry} />
    </div>
  );
}
