import { clsx } from "clsx";
import { ArrowRight, Check } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/card";
import { Progress } from "@/components/progress";
import { completenessOf, type ProfileStep } from "./completeness";

/** What is left to do until a page is complete; then it leaves. */
export function ChecklistCard({ steps, className }: { steps: readonly ProfileStep[]; className?: string }) {
  const completeness = completenessOf(steps);
  if (completeness === 1) return null;
  return (
    <Card className={clsx("space-y-4 p-5", className)}>
      <h2 className="text-lg font-medium">Finish your page</h2>
      <Progress label="Profile" value={completeness} />
      <ul className="-mx-2">
        {steps.map((step) => (
          <li key={step.label}>
            {step.isDone ? (
              <p className="flex items-center gap-3 px-2 py-2 text-sm text-muted">
                <Check aria-hidden="true" strokeWidth={1.5} className="size-4 shrink-0 text-accent" />
                <span>
                  {step.label} <span className="sr-only">(done)</span>
                </span>
              </p>
            ) : (
              <Link
                href={step.href as Route}
                className="flex items-center gap-3 rounded-md px-2 py-2 transition-colors duration-150 ease-out hover:bg-sunken"
              >
                <span className="size-4 shrink-0 rounded-full border border-control" />
                <span className="min-w-0 flex-1">
                  <span className="block text-sm font-medium">{step.label}</span>
                  <span className="block text-sm text-muted">{step.about}</span>
                </span>
                <ArrowRight aria-hidden="true" strokeWidth={1.5} className="size-4 shrink-0 text-muted" />
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
