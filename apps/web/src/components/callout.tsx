import { clsx } from "clsx";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  info: { frame: "border-hairline bg-sunken", icon: Info, ink: "text-muted" },
  success: { frame: "border-accent/30 bg-accent-soft", icon: CircleCheck, ink: "text-accent" },
  warn: { frame: "border-warn/30 bg-warn-soft", icon: CircleAlert, ink: "text-warn" },
  danger: { frame: "border-danger/30 bg-danger-soft", icon: CircleAlert, ink: "text-danger" },
};

/** A message that stays in its place: what happened, what was kept, what to do. */
export function Callout({
  tone = "info",
  title,
  children,
}: {
  tone?: keyof typeof tones;
  title?: string;
  children?: ReactNode;
}) {
  const { frame, icon: Icon, ink } = tones[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={clsx("flex gap-3 rounded-lg border p-4 text-sm", frame)}
    >
      <Icon aria-hidden="true" strokeWidth={1.5} className={clsx("mt-0.5 size-5 shrink-0", ink)} />
      <div className="min-w-0 space-y-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
