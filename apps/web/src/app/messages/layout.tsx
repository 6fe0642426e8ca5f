import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = { robots: { index: false } };

/** Read alone: nothing here needs what forms stand in. */
export default function MessagesLayout({ children }: { children: ReactNode }) {
  return <div className="page-column max-w-[760px] space-y-6 py-8 md:py-12">{children}</div>;
}
