import type { Message } from "@parley/api/schema/messages";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { dateFormat, timeStyles } from "@/components/date-format";
import type { Display } from "@/components/display";
import { LocalTime } from "@/components/local-time";

export interface MessageTextProps {
  message: Message;
  /** Given by a server that knows, as well as requests tell, how its reader writes times. */
  display?: Display;
  children?: ReactNode;
}

/** What somebody wrote, when, and whether it is theirs alone. */
export function MessageText({ message, display, children }: MessageTextProps) {
  const { content, createdAt, visibility } = message;
  const rendered =
    display &&
    dateFormat(display.locale, { ...timeStyles.date, timeZone: display.timeZone }).format(new Date(createdAt));
  return (
    <>
      <p className="prose-line leading-relaxed whitespace-pre-line wrap-anywhere">{content}</p>
      <div className="mt-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <LocalTime instant={createdAt} rendered={rendered} />
        {visibility === "private" && (
          <span className="inline-flex items-center gap-1.5">
            <Lock aria-hidden="true" strokeWidth={1.5} className="size-4" /> Private
          </span>
        )}
        {children}
      </div>
    </>
  );
}
