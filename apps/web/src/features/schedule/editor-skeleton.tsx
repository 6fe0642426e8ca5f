/** Stands where the editor will be, as tall as it is. */
export function EditorSkeleton() {
  return (
    <div aria-busy="true" className="space-y-6 border-t border-hairline pt-8">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="flex justify-between gap-6">
        <div className="min-w-0 space-y-2">
          <div className="skeleton h-7 w-64 max-w-full" />
          <div className="skeleton h-5 w-80 max-w-full" />
        </div>
        <div className="skeleton h-8 w-28 shrink-0" />
      </div>
      <div className="skeleton hidden h-176 w-full md:block" />
      <div className="divide-y divide-hairline border-y border-hairline">
        {["a", "b", "c", "d", "e", "f", "g"].map((row) => (
          <div key={row} className="flex h-16 items-center justify-between gap-4">
            <div className="skeleton h-5 w-20" />
            <div className="skeleton h-10 w-48" />
          </div>
        ))}
      </div>
    </div>
  );
}
