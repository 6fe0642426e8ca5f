import { clsx } from "clsx";
import type { ReactNode } from "react";

/** The head of a settings page. */
export function SettingsHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="space-y-1.5 pb-2">
      <h1 className="display text-2xl">{title}</h1>
      {children && <p className="text-muted">{children}</p>}
    </header>
  );
}

export interface SectionProps {
  title: string;
  about?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** One matter of a settings page, parted from the one before by a hairline. */
export function Section({ title, about, children, className }: SectionProps) {
  return (
    <section className={clsx("space-y-5 border-t border-hairline pt-8", className)}>
      <div className="space-y-1">
        <h2 className="text-lg font-medium">{title}</h2>
        {about && <p className="text-sm text-muted">{about}</p>}
      </div>
      {children}
    </section>
  );
}
