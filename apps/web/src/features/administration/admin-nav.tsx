"use client";
import { NavTabs } from "@/components/nav-tabs";

const pages = [
  { href: "/admin", label: "Age verifications" },
  { href: "/admin/people", label: "People" },
] as const;

export function AdminNav() {
  return <NavTabs label="Administration" pages={pages} />;
}
