import { ChevronDown, Search } from "lucide-react";
import type { ReactNode } from "react";
import { type DirectoryQuery, priceSteps } from "./directory-query";

/** The browser's own fields: they work before and without a script. */
export function DirectoryFields({ query }: { query: DirectoryQuery }) {
  const { q, isAvailable, maxDollars, sort } = query;
  const prices = new Set<number>([...priceSteps, ...(maxDollars === null ? [] : [maxDollars])]);
  return (
    <>
      <div className="relative max-w-[40rem]">
        <label htmlFor="directory-q" className="sr-only">
          Search hosts by name or subject
        </label>
        <input
          id="directory-q"
          name="q"
          type="search"
          defaultValue={q}
          maxLength={100}
          autoComplete="off"
          enterKeyHint="search"
          placeholder="A name, or what you want to talk about"
          className="h-14 w-full rounded-lg border border-control/70 bg-raised pr-16 pl-5 text-base text-ink transition-colors duration-150 placeholder:text-muted hover:border-ink focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent"
        />
        <button
          type="submit"
          className="absolute top-2 right-2 flex size-10 items-center justify-center rounded-md bg-accent text-on-accent transition-colors duration-150 hover:bg-accent-strong"
        >
          <Search aria-hidden="true" strokeWidth={1.5} className="size-5" />
          <span className="sr-only">Search</span>
        </button>
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <label className={pill}>
          <input
            type="checkbox"
            name="available"
            value="1"
            defaultChecked={isAvailable}
            className="size-4 accent-accent"
          />
          Available now
        </label>
        <Choice name="max" label="Price" value={maxDollars === null ? "" : String(maxDollars)}>
          <option value="">Any price</option>
          {[...prices]
            .toSorted((a, b) => a - b)
            .map((price) => (
              <option key={price} value={price}>
                Up to ${price} / min
              </option>
            ))}
        </Choice>
        <Choice name="sort" label="Order" value={sort === "best" ? "" : sort}>
          <option value="">Best match first</option>
          <option value="rate">Lowest price first</option>
          <option value="newest">Newest first</option>
        </Choice>
      </div>
    </>
  );
}

const pill =
  "flex h-10 cursor-pointer items-center gap-2 rounded-full border border-control/60 bg-raised px-4 text-sm transition-colors duration-150 hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent";

function Choice(props: { name: string; label: string; value: string; children: ReactNode }) {
  const { name, label, value, children } = props;
  return (
    <span className="relative flex items-center">
      <select
        name={name}
        aria-label={label}
        defaultValue={value}
        className="h-10 cursor-pointer appearance-none rounded-full border border-control/60 bg-raised pr-9 pl-4 text-sm text-ink transition-colors duration-150 hover:border-ink"
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        strokeWidth={1.5}
        className="pointer-events-none absolute right-3.5 size-4 text-muted"
      />
    </span>
  );
}
