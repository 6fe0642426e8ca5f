"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** What a host offers, what is yours, and how you get in; on a wide screen a little apart. */
const groups = [
  [
    { href: "/settings/profile", label: "Profile" },
    { href: "/settings/rate", label: "Rate" },
    { href: "/settings/availability", label: "Availability" },
    { href: "/settings/booking", label: "Booking" },
    { href: "/settings/calendars", label: "Calendars" },
  ],
  [
    { href: "/settings/details", label: "Details" },
    { href: "/settings/preferences", label: "Preferences" },
    { href: "/settings/messages", label: "Messages" },
    { href: "/settings/organizations", label: "Organizations" },
  ],
  [
    { href: "/settings/account", label: "Account" },
    { href: "/settings/security", label: "Security" },
    { href: "/settings/linked-accounts", label: "Linked accounts" },
    { href: "/settings/devices", label: "Devices" },
    { href: "/settings/subscription", label: "Subscription" },
    { href: "/settings/api-tokens", label: "API tokens" },
  ],
] as const;

/** The way between the pages of settings; on a narrow screen one line that scrolls. */
export function SettingsNav() {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const line = nav.current;
    const here = [...(line?.querySelectorAll("a") ?? [])].find((link) => isWithin(link.pathname, pathname));
    // The line alone: `scrollIntoView` would move the page too, where the window is lower than the list.
    if (line && here) line.scrollLeft += middleOf(here) - middleOf(line);
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label="Settings"
      className="-mx-4 overflow-x-auto px-4 py-1 [scrollbar-width:none] md:mx-0 md:px-0"
    >
      <ul className="flex gap-1 md:flex-col">
        {groups.flatMap((pages, group) =>
          pages.map(({ href, label }, index) => {
            const isHere = isWithin(href, pathname);
            return (
              <li key={href} className={clsx(group > 0 && index === 0 && "md:mt-5")}>
                <Link
                  href={href}
                  aria-current={isHere ? (pathname === href ? "page" : "true") : undefined}
                  className={clsx(
                    "block rounded-lg px-3 py-2 text-sm whitespace-nowrap transition-colors duration-150 ease-out",
                    isHere ? "bg-accent-soft font-medium text-accent" : "text-muted hover:bg-sunken hover:text-ink",
                  )}
                >
                  {label}
                </Link>
              </li>
            );
          }),
        )}
      </ul>
    </nav>
  );
}

/** Whether a page is the one that an entry leads to, or lies below it. */
function isWithin(href: string, pathname: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}

function middleOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}
