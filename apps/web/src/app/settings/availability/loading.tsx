import { EditorSkeleton } from "@/features/schedule/editor-skeleton";

export default function AvailabilityLoading() {
  return (
    <div data-wide className="space-y-6">
      <div className="space-y-2 pb-2">
        <div className="skeleton h-8 w-44" />
        <div className="skeleton h-6 w-72 max-w-full" />
      </div>
      <EditorSkeleton />
    </div>
  );
}
