import { formatCents } from "@/components/money";

export interface RatePreviewProps {
  /** Null while what was typed is no rate, or no window. */
  ratePerMinuteCents: number | null;
  windowSizeMinutes: number | null;
}

const exampleMinutes = [15, 30, 60];

/** What a caller pays, while the host still types. Calls are charged by the started minute. */
export function RatePreview({ ratePerMinuteCents, windowSizeMinutes }: RatePreviewProps) {
  const costOf = (minutes: number) => (ratePerMinuteCents === null ? "–" : formatCents(ratePerMinuteCents * minutes));
  return (
    <div className="rounded-lg border border-hairline bg-sunken p-5">
      <p className="text-sm text-muted">What a caller pays</p>
      <p aria-live="polite" className="mt-1">
        <span className="display text-2xl">{windowSizeMinutes === null ? "–" : costOf(windowSizeMinutes)}</span>{" "}
        <span className="text-muted">
          for a window of {windowSizeMinutes ?? "–"} {windowSizeMinutes === 1 ? "minute" : "minutes"}
        </span>
      </p>
      <dl className="mt-4 grid grid-cols-3 gap-4 border-t border-hairline pt-4 text-sm">
        {exampleMinutes.map((minutes) => (
          <div key={minutes}>
            <dt className="text-muted">{minutes} minutes</dt>
            <dd className="font-medium">{costOf(minutes)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
