import Link from "next/link";
import { currentActor } from "@/auth/actor";
import { buttonClass } from "@/components/button-class";
import { Portrait } from "@/components/portrait";
import { api } from "@/trpc/server";
import { SignedIn } from "./signed-in";
import { Wordmark } from "./wordmark";

/** The way home, and the way to one's own things. */
export async function SiteHeader() {
  const actor = await currentActor();
  const person = actor === null ? null : await readPerson();
  return (
    <header className="sticky top-0 z-30 border-b border-hairline bg-paper">
      <div className="page-column flex h-16 items-center justify-between gap-4">
        {/* Of a page that is made for each request, fetching ahead brings nothing but another request. */}
        <Link href="/" prefetch={false} aria-label="Parley, home" className="text-ink">
          <Wordmark />
        </Link>
        <nav aria-label="Main" className="flex items-center gap-1 sm:gap-2">
          <Link href="/" prefetch={false} className={`${buttonClass({ tone: "quiet", size: "small" })} max-sm:hidden`}>
            Find a host
          </Link>
          {person === null ? (
            <>
              <Link href="/sign-in" prefetch={false} className={buttonClass({ tone: "quiet", size: "small" })}>
                Sign in
              </Link>
              <Link href="/sign-up" prefetch={false} className={buttonClass({ tone: "primary", size: "small" })}>
                Join
              </Link>
            </>
          ) : (
            <SignedIn
              person={{ displayName: person.displayName, username: person.username, role: person.role }}
              portrait={<Portrait name={person.displayName} url={person.avatarUrl} size={32} />}
              unread={person.unread}
            />
          )}
        </nav>
      </div>
    </header>
  );
}

async function readPerson() {
  const caller = await api();
  const [{ displayName, username, role, avatarUrl }, { count: unread }] = await Promise.all([
    caller.profile.me(),
    caller.notifications.unreadCount(),
  ]);
  return { displayName, username, role, avatarUrl, unread };
}
