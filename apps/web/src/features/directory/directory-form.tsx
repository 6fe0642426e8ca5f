"use client";
import { clsx } from "clsx";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, type SyntheticEvent, useEffect, useRef, useTransition } from "react";
import { DirectoryFields } from "./directory-fields";
import { type DirectoryQuery, directoryAddress, readDirectoryQuery } from "./directory-query";

export interface DirectoryFormProps {
  query: DirectoryQuery;
  /** What was found, as the server renders it. */
  children: ReactNode;
}

/** Long enough for a word to be typed, short enough not to be waited for. */
const typingPause = 250;

/**
 * Searches as one types. The address is the state: every search can be shared, and without a script the same form is
 * sent by its button. What was found before stays, dimmed, until the answer is there.
 */
export function DirectoryForm({ query, children }: DirectoryFormProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<number>(undefined);
  const address = directoryAddress(query);
  const asked = useRef(address);

  const ask = () => {
    window.clearTimeout(timer.current);
    if (form.current === null) return;
    const next = directoryAddress(typedIn(form.current));
    if (next === asked.current) return;
    asked.current = next;
    startTransition(() => router.replace(next as Route, { scroll: false }));
  };
  const askSoon = (event: SyntheticEvent) => {
    window.clearTimeout(timer.current);
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
    timer.current = window.setTimeout(ask, isTyping ? typingPause : 0);
  };

  // Another address than the one asked for: a link, or a step back. The fields follow it.
  useEffect(() => {
    if (address === asked.current || form.current === null) return;
    asked.current = address;
    fill(
      form.current,
      readDirectoryQuery((name) => new URL(address, "http://own.invalid").searchParams.get(name)),
    );
  }, [address]);
  // What was typed before this script had come counts too.
  useEffect(() => {
    ask();
    return () => window.clearTimeout(timer.current);
  }, []);

  return (
    <>
      <search aria-label="Hosts">
        <form
          ref={form}
          action="/"
          method="get"
          onChange={askSoon}
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          <DirectoryFields query={query} />
        </form>
      </search>
      <div
        aria-busy={isPending}
        className={clsx("transition-opacity duration-150 ease-out", isPending && "opacity-50 delay-150")}
      >
        {children}
      </div>
    </>
  );
}

/** A new search begins at its first page. */
function typedIn(form: HTMLFormElement): DirectoryQuery {
  const data = new FormData(form);
  return readDirectoryQuery((name) => data.get(name)?.toString());
}

function fill(form: HTMLFormElement, { q, isAvailable, maxDollars, sort }: DirectoryQuery): void {
  const field = (name: string) => form.elements.namedItem(name);
  const [words, available, max, order] = [field("q"), field("available"), field("max"), field("sort")];
  if (words instanceof HTMLInputElement) words.value = q;
  if (available instanceof HTMLInputElement) available.checked = isAvailable;
  if (max instanceof HTMLSelectElement) max.value = maxDollars === null ? "" : String(maxDollars);
  if (order instanceof HTMLSelectElement) order.value = sort === "best" ? "" : sort;
}
