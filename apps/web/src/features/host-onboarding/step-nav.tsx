import { clsx } from "clsx";
import { Check, Clock } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { type Step, type StepId, stepAddress } from "./journey";

const stateText: Record<Step["state"], string> = {
  done: "done",
  waiting: "being looked at",
  open: "to do",
  optional: "can wait",
};

/** All steps, each to be gone to at any time. On a phone a row of marks, elsewhere a list. */
export function StepNav({ steps, current }: { steps: readonly Step[]; current: StepId }) {
  return (
    <nav aria-label="Steps">
      <ol className="flex justify-between gap-1 md:flex-col">
        {steps.map((step, index) => {
          const isHere = step.id === current;
          return (
            <li key={step.id}>
              <Link
                href={stepAddress(step.id) as Route}
                aria-current={isHere ? "step" : undefined}
                className={clsx(
                  "flex items-center gap-3 rounded-lg py-1.5 text-sm transition-colors duration-150 ease-out md:px-3",
                  isHere
                    ? "font-medium md:bg-accent-soft md:text-accent"
                    : "text-muted hover:text-ink md:hover:bg-sunken",
                )}
              >
                <Mark step={step} number={index + 1} isHere={isHere} />
                <span className="sr-only md:not-sr-only">{step.label}</span>
                <span className="sr-only">, {stateText[step.state]}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Mark({ step: { state }, number, isHere }: { step: Step; number: number; isHere: boolean }) {
  const Icon = state === "done" ? Check : state === "waiting" ? Clock : null;
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "flex size-8 shrink-0 items-center justify-center rounded-full border text-xs font-medium md:size-7",
        state === "done" ? "border-accent/40 bg-accent-soft text-accent" : "border-control/60 bg-raised text-ink",
        isHere && "outline-2 outline-offset-2 outline-accent md:outline-0",
        isHere && state !== "done" && "border-accent text-accent",
      )}
    >
      {Icon === null ? number : <Icon strokeWidth={1.75} className="size-4" />}
    </span>
  );
}
