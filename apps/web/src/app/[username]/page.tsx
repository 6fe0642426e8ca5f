import type { Metadata } from "next";
import { currentActor } from "@/auth/actor";
import { Portrait } from "@/components/portrait";
import { env } from "@/env";
import { HostRoom } from "@/features/host-page/host-room";
import { HoursWeek } from "@/features/host-page/hours-week";
import { RateBar, RateCard } from "@/features/host-page/rate-card";
import { readHost } from "@/features/host-page/read-host";
import { structuredHost } from "@/features/host-page/structured-host";
import { viewerDisplay } from "@/features/host-page/viewer-display";
import { readPage } from "@/features/messages/message-range";
import { Posts } from "@/features/messages/posts";
import { readPosts } from "@/features/messages/read-posts";
import { weekView } from "@/features/schedule/week-view";
import { StructuredData } from "@/features/site/structured-data";
import { api } from "@/trpc/server";

const descriptionLength = 155;

export async function generateMetadata({ params, searchParams }: PageProps<"/[username]">): Promise<Metadata> {
  const { displayName, username, bio } = await readHost((await params).username);
  const isPrivate = (await readPosts(username, readPage((await searchParams).messages))) === null;
  const description = shorten(bio ?? "") || `Talk with ${displayName} on Parley, by the minute.`;
  return {
    title: displayName,
    description,
    alternates: { canonical: `/${username}` },
    ...(isPrivate && { robots: { index: false } }),
    openGraph: { siteName: "Parley", type: "profile", title: displayName, description, url: `/${username}`, username },
  };
}

/** No `loading.tsx` here either: before a page has begun to stream, it can still be a redirect, or not found. */
export default async function HostPage({ params, searchParams }: PageProps<"/[username]">) {
  const host = await readHost((await params).username);
  const { id, displayName, username, bio, avatarUrl } = host;
  const [caller, actor] = await Promise.all([api(), currentActor()]);
  const viewer = actor === null ? "anonymous" : actor.userId === id ? "self" : "member";
  const page = readPage((await searchParams).messages);
  const [week, posts, { isFollowing }] = await Promise.all([
    caller.schedule.publicWeek({ username }),
    readPosts(username, page),
    viewer === "member" ? caller.directory.followStatus({ id }) : { isFollowing: false },
  ]);
  const display = await viewerDisplay(week.timezone);
  const renderedWeek = weekView(week.intervals, display, Date.now());
  return (
    <HostRoom
      key={id}
      host={{ id, displayName, username, isAvailable: host.isAvailable, followerCount: host.followerCount }}
      viewer={viewer}
      isFollowing={isFollowing}
      openings={week.intervals}
      renderedWeek={renderedWeek}
      renderedFor={display}
    >
      <div className="page-column grid grid-cols-[minmax(0,1fr)] items-start gap-x-16 gap-y-10 pt-10 md:pt-16 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="min-w-0">
          <header className="flex flex-wrap items-center gap-x-8 gap-y-5">
            <Portrait name={displayName} url={avatarUrl} size={144} isPriority />
            <div className="min-w-0">
              <h1 className="display text-3xl wrap-anywhere md:text-4xl">{displayName}</h1>
              <p className="mt-1 text-muted wrap-anywhere">@{username}</p>
            </div>
          </header>
          {bio !== null && (
            <p className="prose-line mt-8 text-lg leading-relaxed whitespace-pre-line wrap-anywhere">{bio}</p>
          )}
        </div>
        <aside aria-label="Rate and openings" className="lg:sticky lg:top-24 lg:row-span-3">
          <RateCard host={host} />
        </aside>
        <HoursWeek />
        <Posts username={username} posts={posts} page={page} display={display} isOwn={viewer === "self"} />
      </div>
      <RateBar host={host} />
      <StructuredData data={structuredHost(host, `${env().webUrl}/${username}`)} />
    </HostRoom>
  );
}

/** The beginning of a text in one line, whole words, as search engines show it. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= descriptionLength) return line;
  return `${line.slice(0, descriptionLength).replace(/\s+\S*$/, "")}…`;
}
