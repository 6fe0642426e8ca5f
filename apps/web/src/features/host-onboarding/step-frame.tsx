import type { ReactNode } from "react";

export interface StepFrameProps {
  title: string;
  about?: ReactNode;
  children: ReactNode;
}

/** One step: what is asked, why, and the way to answer. */
export function StepFrame({ title, about, children }: StepFrameProps) {
  return (
    <div className="space-y-8">
      <header className="space-y-3">
        <h1 className="display text-2xl sm:text-3xl">{title}</h1>
        {about && <div className="prose-line space-y-2 text-muted">{about}</div>}
      </header>
      {children}
    </div>
  );
}
