"use client";
import { FailedPage } from "@/components/failed-page";

export default function SettingsError({ retry }: { retry(): void }) {
  return <FailedPage what="Your settings" retry={retry} />;
}
