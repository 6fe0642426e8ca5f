export default function BookingsLoading() {
  return (
    <div aria-busy="true" className="page-column max-w-(--container-reading) space-y-6 py-8 md:py-12">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-9 w-44" />
      <div className="skeleton h-11 w-full" />
      <div className="skeleton h-28 w-full" />
      <div className="skeleton h-28 w-full" />
      <div className="skeleton h-28 w-full" />
    </div>
  );
}
