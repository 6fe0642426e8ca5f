export default function SettingsLoading() {
  return (
    <div aria-busy="true" className="space-y-8">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="skeleton h-8 w-40" />
      <div className="space-y-5 pt-4">
        <div className="skeleton h-24 w-full" />
        <div className="skeleton h-16 w-full" />
        <div className="skeleton h-16 w-full" />
        <div className="skeleton h-40 w-full" />
      </div>
    </div>
  );
}
