import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "./button-class";

export interface PagerProps {
  page: number;
  perPage: number;
  total: number;
  /** The address of a page. */
  hrefOf(page: number): string;
  /** What is paged through, for screen readers. */
  label: string;
}

/** The way through a long list: links, so that they can be shared and opened beside. Nothing where one page is all. */
export function Pager({ page, perPage, total, hrefOf, label }: PagerProps) {
  const last = Math.max(1, Math.ceil(total / perPage));
  if (last === 1) return null;
  const look = buttonClass({ size: "small" });
  // Keeps its place, so that the other one does not move under the pointer.
  const unavailable = `${look} invisible`;
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-4 text-sm">
      {page > 1 ? (
        <Link href={hrefOf(page - 1) as Route} rel="prev" className={look}>
          <ChevronLeft aria-hidden="true" strokeWidth={1.5} className="size-4" /> Previous
        </Link>
      ) : (
        <span aria-hidden="true" className={unavailable}>
          <ChevronLeft strokeWidth={1.5} className="size-4" /> Previous
        </span>
      )}
      <span className="text-muted">
        Page {page} of {last}
      </span>
      {page < last ? (
        <Link href={hrefOf(page + 1) as Route} rel="next" className={look}>
          Next <ChevronRight aria-hidden="true" strokeWidth={1.5} className="size-4" />
        </Link>
      ) : (
        <span aria-hidden="true" className={unavailable}>
          Next <ChevronRight strokeWidth={1.5} className="size-4" />
        </span>
      )}
    </nav>
  );
}
