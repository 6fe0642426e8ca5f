import type { Message } from "@parley/api/schema/messages";
import type { Preferences } from "@parley/api/schema/profile/preferences";
import type { Route } from "next";
import Link from "next/link";
import { Portrait } from "@/components/portrait";
import { MessageText } from "./message-text";

export interface TimelineProps {
  messages: readonly Message[];
  view: Preferences["viewingPreference"];
  readerId: string;
}

/** What people wrote, newest first. */
export function Timeline({ messages, view, readerId }: TimelineProps) {
  if (messages.length === 0) {
    return (
      <div className="rounded-lg border border-dashed border-control/60 px-6 py-16 text-center">
        <p className="display text-lg">Nothing to read yet</p>
        <p className="mx-auto mt-1 max-w-96 text-sm text-muted">{emptiness[view]}</p>
      </div>
    );
  }
  return (
    <ol className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
      {messages.map((message) => (
        <li key={message.id} className="flex gap-4 p-4">
          <Portrait name={message.author.displayName} url={message.author.avatarUrl} size={48} />
          <article aria-label={`Message of ${message.author.displayName}`} className="min-w-0 flex-1">
            <h2 className="mb-1 text-sm font-medium wrap-anywhere">
              <AuthorName author={message.author} isReader={message.author.id === readerId} />
            </h2>
            <MessageText message={message} />
          </article>
        </li>
      ))}
    </ol>
  );
}

const emptiness: Record<TimelineProps["view"], string> = {
  all_messages: "Whatever people post in public stands here, newest first.",
  following_only: "Follow a host on their page, and what they post stands here.",
  followers_only: "When people follow you, what they post stands here.",
  my_messages: "Write a few words, and they stand here.",
};

function AuthorName({ author, isReader }: { author: Message["author"]; isReader: boolean }) {
  if (isReader) return "You";
  // Whoever has a username and is no host has no page: the name says who it is, and leads nowhere.
  if (!author.isHost || author.username === null) return author.displayName;
  return (
    <Link href={`/${author.username}` as Route} prefetch={false} className="underline-offset-4 hover:underline">
      {author.displayName}
    </Link>
  );
}
