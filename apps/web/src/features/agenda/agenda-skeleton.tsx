/** What stands where the calendar will be. */
export function AgendaSkeleton() {
  return (
    <div aria-busy="true" className="space-y-5">
      <span role="status" className="sr-only">
        Loading your calendar
      </span>
      <div className="flex min-h-8 items-center">
        <div className="skeleton h-5 w-64 max-w-full" />
      </div>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="skeleton h-110" />
        <div className="skeleton h-64" />
      </div>
    </div>
  );
}
