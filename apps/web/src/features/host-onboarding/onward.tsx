import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { type StepId, stepAddress } from "./journey";

/** The way to the next step, where this one has nothing to save; `later` where it is left undone. */
export function Onward({ to, kind = "done" }: { to: StepId; kind?: "done" | "later" }) {
  return (
    <Link
      href={stepAddress(to) as Route}
      className={buttonClass({ tone: kind === "done" ? "primary" : "quiet", size: "large" })}
    >
      {kind === "done" ? "Go on" : "Later"}
    </Link>
  );
}
