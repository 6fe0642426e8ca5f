import { ArrowLeft } from "lucide-react";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { currentActor } from "@/auth/actor";
import { buttonClass } from "@/components/button-class";
import { Callout } from "@/components/callout";
import { formatCents } from "@/components/money";
import { Portrait } from "@/components/portrait";
import { BookingFlow } from "@/features/booking/booking-flow";
import type { Visitor } from "@/features/booking/confirm-step";
import { readOptions } from "@/features/booking/read-options";
import { api } from "@/trpc/server";

type Props = PageProps<"/[username]/book">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { displayName, username } = await readOptions((await params).username);
  return {
    title: `Book ${displayName}`,
    description: `Choose a time to talk with ${displayName}, in your own time zone.`,
    alternates: { canonical: `/${username}/book` },
    // The host's own page is what is to be found.
    robots: { index: false },
  };
}

/** No `loading.tsx`: before a page has begun to stream, it can still be a redirect, or not found. */
export default async function BookPage({ params }: Props) {
  const options = await readOptions((await params).username);
  const { displayName, username, avatarUrl, rateCents, hostId } = options;
  const visitor = await visitorOf(hostId);
  return (
    <div className="page-column space-y-8 py-8 md:py-12">
      <header className="space-y-5">
        <Link
          href={`/${username}` as Route}
          className="inline-flex min-h-8 items-center gap-2 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" strokeWidth={1.5} className="size-4" /> {displayName}
        </Link>
        <div className="flex items-center gap-4 sm:gap-5">
          <Portrait name={displayName} url={avatarUrl} size={72} isPriority />
          <div className="min-w-0">
            <h1 className="display text-2xl wrap-anywhere md:text-3xl">Talk with {displayName}</h1>
            <p className="mt-1 text-muted">{formatCents(rateCents)} / min</p>
          </div>
        </div>
      </header>
      {visitor === "self" ? <OwnPage username={username} /> : <BookingFlow options={options} visitor={visitor} />}
    </div>
  );
}

async function visitorOf(hostId: string): Promise<Visitor | "self"> {
  const actor = await currentActor();
  if (actor === null) return { kind: "anonymous" };
  if (actor.userId === hostId) return "self";
  const { email, emailVerified } = await (await api()).profile.me();
  return emailVerified ? { kind: "member" } : { kind: "unverified", email };
}

/** Nobody can book themself; what hosts look for here is elsewhere. */
function OwnPage({ username }: { username: string }) {
  return (
    <Callout title="This is where others book you.">
      <p className="text-muted">You cannot book yourself. Your hours decide what visitors find here.</p>
      <p className="flex flex-wrap gap-3 pt-3">
        <Link href="/settings/availability" className={buttonClass({ size: "small" })}>
          Edit your hours
        </Link>
        <Link href="/dashboard/calendar" className={buttonClass({ size: "small" })}>
          See your calendar
        </Link>
        <Link href={`/${username}` as Route} className={buttonClass({ size: "small" })}>
          Your public page
        </Link>
      </p>
    </Callout>
  );
}
