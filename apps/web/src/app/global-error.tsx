"use client";
import { buttonClass } from "@/components/button-class";
import "./globals.css";

/** Where not even the frame of the pages could be made: for one, when the database is away. */
export default function GlobalError({ retry }: { retry(): void }) {
  return (
    <html lang="en">
      <body className="flex flex-col items-center justify-center px-4 text-center">
        <title>Parley is away for a moment</title>
        <main>
          <h1 className="display text-3xl md:text-4xl">Parley is away for a moment.</h1>
          <p className="mx-auto mt-4 max-w-[30rem] text-muted">
            Something on our side does not answer. Nothing was lost. Try again; if it goes on, come back in a few
            minutes.
          </p>
          <button type="button" onClick={retry} className={`${buttonClass({ tone: "primary", size: "large" })} mt-8`}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
