/** What stands where a time is picked, until there is something to pick from; as large as that. */
export function PickerSkeleton() {
  return (
    <div aria-busy="true" className="space-y-5">
      <span role="status" className="sr-only">
        Loading openings
      </span>
      <div className="flex min-h-8 items-center">
        <div className="skeleton h-5 w-64 max-w-full" />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 sm:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <div className="skeleton h-86" />
        <div className="skeleton h-64" />
      </div>
    </div>
  );
}
