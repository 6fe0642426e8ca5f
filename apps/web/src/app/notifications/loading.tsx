export default function NotificationsLoading() {
  return (
    <div aria-busy="true" className="page-column max-w-[760px] space-y-6 py-8 md:py-12">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-10 w-56" />
      <div className="skeleton h-11 w-full" />
      <div className="skeleton h-96 w-full" />
    </div>
  );
}
