import { viewingPreference } from "@parley/api/schema/profile/preferences";
import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { buttonClass } from "@/components/button-class";
import { Pager } from "@/components/pager";
import { readPage } from "@/features/messages/message-range";
import { Timeline } from "@/features/messages/timeline";
import { ViewFilter, viewAddress } from "@/features/messages/view-filter";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Messages", description: "What people on Parley have to say." };

export default async function MessagesPage({ searchParams }: PageProps<"/messages">) {
  const actor = await requireActor("/messages");
  const asked = await searchParams;
  const { profile, messages } = await api();
  const { viewingPreference: preferred, messagesPerPage: limit } = await profile.preferences();
  const view = viewingPreference.safeParse(asked.view).data ?? preferred;
  const page = readPage(asked.page);
  const range = await messages.timeline({ view, offset: (page - 1) * limit, limit });
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="display text-2xl md:text-3xl">Messages</h1>
        <Link href="/settings/messages" className={buttonClass({ tone: "primary" })}>
          Write a message
        </Link>
      </div>
      <ViewFilter view={view} />
      <Timeline messages={range.items} view={view} readerId={actor.userId} />
      <Pager
        label="Pages of messages"
        page={page}
        perPage={limit}
        total={range.total}
        hrefOf={(other) => viewAddress(view, other)}
      />
    </>
  );
}
