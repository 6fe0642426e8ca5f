import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { type DirectoryQuery, directoryAddress } from "./directory-query";

/** Nobody to show: why, and the one step that shows somebody. */
export function DirectoryEmpty({ query, total }: { query: DirectoryQuery; total: number }) {
  const { title, text, action, href } = advice(query, total);
  return (
    <div className="rounded-lg border border-dashed border-control/60 px-6 py-14 text-center">
      <p className="display text-xl">{title}</p>
      <p className="mx-auto mt-2 max-w-[28rem] text-muted">{text}</p>
      <Link href={href as Route} prefetch={false} className={`${buttonClass({ tone: "primary" })} mt-6`}>
        {action}
      </Link>
    </div>
  );
}

function advice(query: DirectoryQuery, total: number) {
  const { q, isAvailable, maxDollars } = query;
  if (total > 0) {
    return {
      title: "This page has nobody on it.",
      text: "There were more hosts when the link was made, or it was never a page.",
      action: "See the first page",
      href: directoryAddress({ ...query, page: 1 }),
    };
  }
  if (isAvailable || maxDollars !== null) {
    return {
      title: q === "" ? "Nobody just now." : `Nobody for “${q}” just now.`,
      text: "There may be someone who is away at the moment, or who asks for a little more.",
      action: "Search without filters",
      href: directoryAddress({ ...query, isAvailable: false, maxDollars: null, page: 1 }),
    };
  }
  if (q !== "") {
    return {
      title: `Nobody for “${q}” yet.`,
      text: "Every word must be found in a name or an introduction. Fewer words, or other ones, find more people.",
      action: "See all hosts",
      href: "/",
    };
  }
  return {
    title: "The first hosts are about to arrive.",
    text: "Their faces will be here. If people come to you for advice, one of them could be yours.",
    action: "Become a host",
    href: "/become-a-host",
  };
}
