export default function MessagesLoading() {
  return (
    <div aria-busy="true" className="space-y-6">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-10 w-56" />
      <div className="skeleton h-11 w-full" />
      <div className="skeleton h-96 w-full" />
    </div>
  );
}
