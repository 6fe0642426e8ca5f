"use client";
import { FailedPage } from "@/components/failed-page";

export default function MessagesError({ retry }: { retry(): void }) {
  return <FailedPage what="Messages" retry={retry} />;
}
