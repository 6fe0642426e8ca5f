"use client";
import { buttonClass } from "@/components/button-class";

/** What a visitor sees where a page could not be made. Plain on purpose: every page carries it. */
export default function PageError({ retry }: { retry(): void }) {
  return (
    <div className="page-column flex flex-col items-center py-20 text-center md:py-28">
      <h1 className="display text-3xl md:text-4xl">This page could not be loaded.</h1>
      <p role="alert" className="mt-4 max-w-[30rem] text-muted">
        The fault is ours, or on the way to us. Nothing was lost. Try again; if it goes on, come back in a few minutes.
      </p>
      <button type="button" onClick={retry} className={`${buttonClass({ tone: "primary", size: "large" })} mt-8`}>
        Try again
      </button>
    </div>
  );
}
