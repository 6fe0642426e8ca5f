import type { PlanOfPerson } from "@parley/api/schema/subscription";
import { clsx } from "clsx";
import { LocalTime } from "@/components/local-time";

/** What plan a person has, or had last: its name, how it stands, until when, and whether it goes on. */
export function PlanSummary({ plan }: { plan: PlanOfPerson | undefined }) {
  if (plan === undefined) return <p className="text-muted">No plan</p>;
  const { planName, status, expiresAt, endedAt, renews } = plan;
  return (
    <>
      <p className={clsx("wrap-anywhere", endedAt === null ? "font-medium" : "text-muted")}>{planName}</p>
      <p className={status === "suspended" ? "text-warn" : "text-muted"}>
        {wordsOf(status, renews)}{" "}
        <span className="whitespace-nowrap">
          <LocalTime instant={endedAt ?? expiresAt} look="date" />
        </span>
      </p>
    </>
  );
}

/** Said before a date. */
function wordsOf(status: PlanOfPerson["status"], renews: boolean): string {
  if (status === "active") return renews ? "Active, renews" : "Active until";
  if (status === "suspended") return "Suspended, until";
  return status === "expired" ? "Expired" : "Ended";
}
