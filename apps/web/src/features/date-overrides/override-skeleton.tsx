/** Holds the place of the calendar and the list beside it. */
export function OverrideSkeleton() {
  return (
    <div
      aria-busy="true"
      className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]"
    >
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-96 w-full" />
      <div className="space-y-3">
        <div className="skeleton h-6 w-28" />
        <div className="skeleton h-24 w-full" />
      </div>
    </div>
  );
}
