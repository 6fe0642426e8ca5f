"use client";
import { FailedPage } from "@/components/failed-page";

export default function DashboardError({ retry }: { retry(): void }) {
  return (
    <div className="page-column py-12">
      <FailedPage what="Your dashboard" retry={retry} />
    </div>
  );
}
