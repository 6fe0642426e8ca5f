import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsNav } from "@/features/settings/settings-nav";
import { Interactive } from "@/features/site/interactive";

export const metadata: Metadata = { robots: { index: false } };

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <Interactive>
      <div className="page-column grid grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-6 py-8 md:grid-cols-[220px_minmax(0,560px)] md:py-12 md:has-[[data-wide]]:grid-cols-[180px_minmax(0,1fr)] md:has-[[data-wide]]:gap-x-10">
        <div className="md:sticky md:top-24 md:self-start">
          <SettingsNav />
        </div>
        <div className="min-w-0">{children}</div>
      </div>
    </Interactive>
  );
}
