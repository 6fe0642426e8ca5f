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
  const profile = actor === null ? null : await (await api()).profile.me();
  return (
    <header className="sticky top-0 z-30 border-b border-hairline bg-paper">
      <div className="page-column flex h-16 items-center justify-between gap-4">
        <Link href="/" aria-label="Parley, home" className="text-ink">
          <Wordmark />
        </Link>
        <nav aria-label="Main" className="flex items-center gap-1 sm:gap-2">
          <Link href="/" className={`${buttonClass({ tone: "quiet", size: "small" })} max-sm:hidden`}>
            Find a host
          </Link>
          {profile === null ? (
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
              person={{ displayName: profile.displayName, username: profile.username, role: profile.role }}
              portrait={<Portrait name={profile.displayName} url={profile.avatarUrl} size={32} />}
            />
          )}
        </nav>
      </div>
    </header>
  );
}
