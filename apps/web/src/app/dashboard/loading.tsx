export default function DashboardLoading() {
  return (
    <div aria-busy="true" className="page-column space-y-6 py-8 md:py-12">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-5 w-24" />
      <div className="skeleton h-44 w-full" />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="skeleton h-96 w-full" />
        <div className="space-y-6">
          <div className="skeleton h-40 w-full" />
          <div className="skeleton h-40 w-full" />
        </div>
      </div>
    </div>
  );
}
