import type { ReactNode } from "react";

export interface AccountFrameProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** The pages at the door: a few words on the left, what is to be done on the right; on a phone one under the other. */
export function AccountFrame({ title, lead, children }: AccountFrameProps) {
  return (
    <div className="page-column grid grid-cols-[minmax(0,1fr)] gap-x-24 gap-y-8 py-10 md:py-16 lg:grid-cols-[minmax(0,1fr)_28rem] lg:py-24">
      <header className="max-w-(--container-form) space-y-4">
        <h1 className="display text-3xl wrap-anywhere lg:text-4xl">{title}</h1>
        {lead && <div className="prose-line space-y-3 text-muted md:text-lg">{lead}</div>}
      </header>
      <div className="min-w-0 max-w-[28rem] lg:rounded-lg lg:border lg:border-hairline lg:bg-raised lg:p-8">
        {children}
      </div>
    </div>
  );
}
