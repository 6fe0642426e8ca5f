"use client";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

export interface NavTabsProps {
  label: string;
  pages: readonly { href: Route; label: string }[];
}

/** A few pages that belong together, in one line. Links, not tabs: each has its own address. */
export function NavTabs({ label, pages }: NavTabsProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-hairline">
      <ul className="flex gap-6">
        {pages.map((page) => {
          const isHere = pathname === page.href;
          return (
            <li key={page.href}>
              <Link
                href={page.href}
                aria-current={isHere ? "page" : undefined}
                className={clsx(
                  "block border-b-2 py-2.5 text-sm whitespace-nowrap -outline-offset-2",
                  isHere ? "border-accent font-medium" : "border-transparent text-muted hover:text-ink",
                )}
              >
                {page.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
