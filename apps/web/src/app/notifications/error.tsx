"use client";
import { FailedPage } from "@/components/failed-page";

export default function NotificationsError({ retry }: { retry(): void }) {
  return (
    <div className="page-column py-12">
      <FailedPage what="Your notifications" retry={retry} />
    </div>
  );
}
