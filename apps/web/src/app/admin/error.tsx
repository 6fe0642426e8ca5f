"use client";
import { FailedPage } from "@/components/failed-page";

export default function AdminError({ retry }: { retry(): void }) {
  return (
    <div className="page-column py-12">
      <FailedPage what="The administration" retry={retry} />
    </div>
  );
}
