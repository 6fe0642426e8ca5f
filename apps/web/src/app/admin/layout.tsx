import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { requireRole } from "@/auth/guard";
import { AdminNav } from "@/features/administration/admin-nav";
import { Interactive } from "@/features/site/interactive";

export const metadata: Metadata = { robots: { index: false } };

export default async function AdminLayout({ children }: { children: ReactNode }) {
  // The pages ask again: a layout stays while one moves between them.
  await requireRole("admin", (await headers()).get("x-path") ?? "/admin");
  return (
    <Interactive>
      <div className="page-column space-y-8 py-8 md:py-12">
        <AdminNav />
        {children}
      </div>
    </Interactive>
  );
}
