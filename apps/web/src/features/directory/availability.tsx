import { clsx } from "clsx";

/** Whether someone can be talked to now: a dot, and a word for those who cannot tell its colour. */
export function Availability({ isAvailable, className }: { isAvailable: boolean; className?: string }) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 whitespace-nowrap",
        isAvailable ? "font-medium text-live" : "text-muted",
        className,
      )}
    >
      <span
        aria-hidden="true"
        className={clsx("size-2 rounded-full", isAvailable ? "bg-live" : "border border-control")}
      />
      {isAvailable ? "Available now" : "Away"}
    </span>
  );
}
