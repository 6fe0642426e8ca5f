import type { MessageRange } from "@parley/api/schema/messages";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import type { Display } from "@/components/display";
import { Pager } from "@/components/pager";
import { MessageText } from "./message-text";

export interface PostsProps {
  username: string;
  /** Null where the account is private. */
  posts: MessageRange | null;
  page: number;
  /** How times are written for whoever reads. */
  display: Display;
  /** Whether the host looks at their own page, which has a place for what is not there yet. */
  isOwn: boolean;
}

/** What a host has to say in public, newest first. */
export function Posts({ username, posts, page, display, isOwn }: PostsProps) {
  const isEmpty = posts === null || posts.total === 0;
  if (isEmpty && !isOwn) return null;
  return (
    <section aria-labelledby="messages" className="min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h2 id="messages" className="display scroll-mt-24 text-xl">
          Messages
        </h2>
        {isOwn && !isEmpty && (
          <Link href="/settings/messages" prefetch={false} className={buttonClass({ size: "small" })}>
            Write a message
          </Link>
        )}
      </div>
      {isEmpty ? (
        <Empty isPrivate={posts === null} />
      ) : (
        <div className="mt-5 space-y-5">
          {posts.items.length === 0 && <p className="text-muted">There is no such page of messages.</p>}
          <ol className="divide-y divide-hairline border-y border-hairline">
            {posts.items.map((message) => (
              <li key={message.id} className="py-5">
                <MessageText message={message} display={display} />
              </li>
            ))}
          </ol>
          <Pager
            label="Pages of messages"
            page={page}
            perPage={posts.limit}
            total={posts.total}
            hrefOf={(other) => (other === 1 ? `/${username}#messages` : `/${username}?messages=${other}#messages`)}
          />
        </div>
      )}
    </section>
  );
}

function Empty({ isPrivate }: { isPrivate: boolean }) {
  return (
    <div className="mt-5 rounded-lg border border-dashed border-control/60 p-8 text-center">
      <p className="display text-lg">{isPrivate ? "Your account is private" : "Nothing said yet"}</p>
      <p className="mx-auto mt-1 mb-4 max-w-96 text-sm text-muted">
        {isPrivate
          ? "What you write is yours alone, and no list leads to this page. Only you read this."
          : "A few words of yours stand here for everyone who visits. Only you read this."}
      </p>
      <Link
        href={isPrivate ? "/settings/preferences" : "/settings/messages"}
        prefetch={false}
        className={buttonClass({ size: "small" })}
      >
        {isPrivate ? "Change it" : "Write a message"}
      </Link>
    </div>
  );
}
