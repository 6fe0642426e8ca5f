"use client";
import { FailedPage } from "@/components/failed-page";

export default function BecomeAHostError({ retry }: { retry(): void }) {
  return (
    <div className="page-column py-10">
      <FailedPage what="Where you stand" retry={retry} />
    </div>
  );
}
