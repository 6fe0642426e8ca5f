"use client";
import type { MessageRange } from "@parley/api/schema/messages";
import type { Preferences } from "@parley/api/schema/profile/preferences";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Callout } from "@/components/callout";
import { Dialog, DialogActions } from "@/components/dialog";
import { Pager } from "@/components/pager";
import { Section } from "@/features/settings/section";
import { Composer } from "./composer";
import { MessageText } from "./message-text";
import { useOwnMessages } from "./use-own-messages";

export interface MessageDeskProps {
  preferences: Pick<Preferences, "maxMessageLength" | "defaultVisibility">;
  page: number;
  initial: MessageRange;
  /** Nobody posts before that. */
  isEmailVerified: boolean;
}

/** Where somebody writes messages, and finds and removes what they wrote. */
export function MessageDesk({ preferences, page, initial, isEmailVerified }: MessageDeskProps) {
  const { range, add, remove } = useOwnMessages(initial, initial);
  const [leaving, setLeaving] = useState<string | null>(null);
  const list = useRef<HTMLElement>(null);
  const close = () => setLeaving(null);
  return (
    <>
      {isEmailVerified ? (
        <Composer preferences={preferences} onPosted={add} />
      ) : (
        <Callout tone="warn" title="Verify your e-mail address before you post.">
          <p className="text-muted">We sent you a link. Settings, Account sends it again.</p>
        </Callout>
      )}
      <Section title="What you wrote">
        {range.total === 0 ? (
          <div className="rounded-lg border border-dashed border-control/60 p-8 text-center">
            <p className="display text-lg">Nothing yet</p>
            <p className="mt-1 text-sm text-muted">What you post stands here, public and private, newest first.</p>
          </div>
        ) : (
          <section ref={list} tabIndex={-1} aria-label="Your messages" className="space-y-5 outline-none">
            <ul className="divide-y divide-hairline rounded-lg border border-hairline bg-raised empty:hidden">
              {range.items.map((message) => (
                <li key={message.id} className="p-4">
                  <MessageText message={message}>
                    <Button
                      tone="quiet"
                      size="small"
                      className="-mx-3"
                      aria-label={`Remove: ${message.content.slice(0, 60)}`}
                      onPress={() => setLeaving(message.id)}
                    >
                      Remove
                    </Button>
                  </MessageText>
                </li>
              ))}
            </ul>
            <Pager
              label="Pages of your messages"
              page={page}
              perPage={range.limit}
              total={range.total}
              hrefOf={(other) => (other === 1 ? "/settings/messages" : `/settings/messages?page=${other}`)}
            />
          </section>
        )}
      </Section>
      <Dialog
        title="Remove this message?"
        role="alertdialog"
        isOpen={leaving !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) close();
        }}
      >
        <p className="text-muted">It goes for everyone, and cannot be brought back.</p>
        <DialogActions>
          <Button onPress={close}>Keep it</Button>
          <Button
            tone="danger"
            onPress={() => {
              if (leaving !== null) remove(leaving);
              close();
              // What opened the question goes with the message.
              list.current?.focus();
            }}
          >
            Remove
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
