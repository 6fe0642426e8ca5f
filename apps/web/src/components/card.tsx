import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A quiet surface with a hairline border. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={clsx("rounded-lg border border-hairline bg-raised", className)}>{children}</div>;
}
