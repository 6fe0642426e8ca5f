import { clsx } from "clsx";

export interface ButtonLook {
  /** `primary` once a page; `quiet` has no ground; `danger` for what cannot be undone. */
  tone?: "primary" | "secondary" | "quiet" | "danger";
  size?: "small" | "medium" | "large";
}

const tones = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-control/60 bg-raised text-ink hover:border-ink",
  quiet: "text-ink hover:bg-sunken",
  danger: "border border-danger text-danger hover:bg-danger-soft",
};

const sizes = {
  small: "h-8 px-3 text-sm",
  medium: "h-10 px-4 text-sm",
  large: "h-12 px-6 text-base",
};

/** The look of a button, for links that are pressed like one. */
export function buttonClass({ tone = "secondary", size = "medium" }: ButtonLook = {}): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium no-underline",
    "transition-[background-color,border-color,opacity] duration-150 ease-out select-none",
    "disabled:opacity-55 data-[pending]:opacity-70",
    tones[tone],
    sizes[size],
  );
}
