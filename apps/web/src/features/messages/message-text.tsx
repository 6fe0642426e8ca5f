import type { Message } from "@parley/api/schema/messages";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";

/** What somebody wrote, when, and whether it is theirs alone. */
export function MessageText({ message, children }: { message: Message; children?: ReactNode }) {
  return (
    <>
      <p className="prose-line leading-relaxed whitespace-pre-line wrap-anywhere">{message.content}</p>
      <div className="mt-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <LocalTime instant={message.createdAt} />
        {message.visibility === "private" && (
          <span className="inline-flex items-center gap-1.5">
            <Lock aria-hidden="true" strokeWidth={1.5} className="size-4" /> Private
          </span>
        )}
        {children}
      </div>
    </>
  );
}
