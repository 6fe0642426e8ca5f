import { AgendaSkeleton } from "@/features/agenda/agenda-skeleton";

export default function CalendarLoading() {
  return (
    <div className="page-column space-y-8 py-8 md:py-12">
      <div className="skeleton h-10 w-44" />
      <AgendaSkeleton />
    </div>
  );
}
