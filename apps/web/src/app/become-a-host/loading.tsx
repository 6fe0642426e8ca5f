export default function BecomeAHostLoading() {
  return (
    <div
      aria-busy="true"
      className="page-column grid grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-8 py-8 md:grid-cols-[220px_minmax(0,560px)] md:py-12"
    >
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-11 w-full md:h-72" />
      <div className="space-y-6">
        <div className="skeleton h-10 w-72 max-w-full" />
        <div className="skeleton h-16 w-full" />
        <div className="skeleton h-64 w-full" />
      </div>
    </div>
  );
}
