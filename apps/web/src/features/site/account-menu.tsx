"use client";
import type { Route } from "next";
import Link from "next/link";
import { type MouseEvent, type ReactNode, useId } from "react";

export interface AccountMenuProps {
  person: { displayName: string; username: string | null; role: string };
  /** Made on the server: what makes portraits is not loaded for this one. */
  portrait: ReactNode;
}

const item =
  "block w-full rounded-md px-3 py-2 text-left text-sm text-ink no-underline -outline-offset-2 hover:bg-sunken focus-visible:bg-sunken";

/**
 * One's own pages, behind one's own face. The browser's own popover: it opens, closes by Escape or a press beside it and
 * gives the focus back before any script of ours has come.
 */
export function AccountMenu({ person, portrait }: AccountMenuProps) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className="rounded-full">
        <span className="sr-only">Account menu of {person.displayName}</span>
        {portrait}
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-15 right-4 m-0 w-56 rounded-lg border border-hairline bg-raised p-1.5 text-ink open:animate-[rise_150ms_ease-out] md:right-[max(2rem,calc((100vw-var(--container-page))/2+2rem))]"
      >
        <nav aria-label="Account">
          <ul>
            {pagesOf(person).map(({ href, label }) => (
              <li key={href}>
                {/* The header stays while the page changes: what was chosen closes. */}
                <Link href={href as Route} onClick={close} className={item}>
                  {label}
                </Link>
              </li>
            ))}
            <li className="mt-1.5 border-t border-hairline pt-1.5">
              <button type="button" onClick={() => void leave()} className={item}>
                Sign out
              </button>
            </li>
          </ul>
        </nav>
      </div>
    </>
  );
}

function pagesOf({ role, username }: AccountMenuProps["person"]): { href: string; label: string }[] {
  return [
    { href: "/dashboard", label: "Dashboard" },
    { href: "/bookings", label: "Bookings" },
    { href: "/messages", label: "Messages" },
    ...(role === "host" ? [{ href: "/dashboard/calendar", label: "Calendar" }] : []),
    role === "host" && username !== null
      ? { href: `/${username}`, label: "My public page" }
      : { href: "/become-a-host", label: "Become a host" },
    { href: "/settings/profile", label: "Settings" },
    ...(role === "admin" ? [{ href: "/admin", label: "Administration" }] : []),
  ];
}

function close(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}

async function leave(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/" });
}
