import Link from "next/link";
import { env } from "@/env";
import { Wordmark } from "./wordmark";

export function SiteFooter() {
  const links = "text-muted underline-offset-4 hover:text-ink hover:underline";
  return (
    <footer className="mt-24 border-t border-hairline">
      <div className="page-column flex flex-wrap items-center justify-between gap-x-8 gap-y-4 py-8 text-sm">
        <div className="text-muted">
          <Wordmark />
        </div>
        <nav aria-label="Footer" className="flex flex-wrap gap-x-6 gap-y-2">
          <Link href="/" prefetch={false} className={links}>
            Find a host
          </Link>
          <Link href="/become-a-host" prefetch={false} className={links}>
            Become a host
          </Link>
          <a href={`${env().apiUrl}/docs`} className={links}>
            API reference
          </a>
        </nav>
      </div>
    </footer>
  );
}
