import type { AgeVerificationRequest } from "@parley/api/schema/host-onboarding/age-verification";
import { clsx } from "clsx";
import type { Route } from "next";
import Link from "next/link";

const statuses = [
  { status: "pending", label: "Waiting" },
  { status: "verified", label: "Approved" },
  { status: "rejected", label: "Rejected" },
] as const;

/** Which requests are listed. */
export function StatusFilter({ present }: { present: AgeVerificationRequest["status"] }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {statuses.map(({ status, label }) => (
        <li key={status}>
          <Link
            href={(status === "pending" ? "/admin" : `/admin?status=${status}`) as Route}
            aria-current={status === present ? "true" : undefined}
            className={clsx(
              "block rounded-full border px-3.5 py-1 text-sm transition-colors duration-150 ease-out",
              status === present
                ? "border-accent bg-accent-soft font-medium text-accent"
                : "border-hairline text-muted hover:border-ink hover:text-ink",
            )}
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
