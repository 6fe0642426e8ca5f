import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";

export const metadata: Metadata = { title: "Nobody here", robots: { index: false } };

/** For every address that is nobody's: says so kindly, and helps to find whom one was looking for. */
export default function NotFound() {
  return (
    <div className="page-column flex flex-col items-center py-20 text-center md:py-28">
      <p className="text-sm text-muted">404</p>
      <h1 className="display mt-2 text-3xl md:text-4xl">There is nobody at this address.</h1>
      <p className="mt-4 max-w-[30rem] text-muted">
        The name may be spelt another way, or its owner no longer takes calls. Search for whom or what you had in mind.
      </p>
      <search aria-label="Hosts" className="mt-8 w-full max-w-[26rem]">
        <form action="/" method="get" className="flex gap-2">
          <label htmlFor="lost-q" className="sr-only">
            Search hosts by name or subject
          </label>
          <input
            id="lost-q"
            name="q"
            type="search"
            maxLength={100}
            autoComplete="off"
            placeholder="A name, or a subject"
            className="h-12 w-full min-w-0 rounded-lg border border-control/70 bg-raised px-4 text-base text-ink placeholder:text-muted hover:border-ink focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent"
          />
          <button type="submit" className={buttonClass({ tone: "primary", size: "large" })}>
            Search
          </button>
        </form>
      </search>
      <Link
        href="/"
        className="mt-6 flex min-h-8 items-center text-sm font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent"
      >
        See all hosts
      </Link>
    </div>
  );
}
