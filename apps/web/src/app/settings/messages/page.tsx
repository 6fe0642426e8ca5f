import type { Metadata } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { MessageDesk } from "@/features/messages/message-desk";
import { readPage } from "@/features/messages/message-range";
import { SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Messages", description: "Write messages, and look after those you wrote." };

export default async function MessagesSettingsPage({ searchParams }: PageProps<"/settings/messages">) {
  await requireActor("/settings/messages");
  const { profile, messages } = await api();
  const [{ emailVerified, username, role }, preferences] = await Promise.all([profile.me(), profile.preferences()]);
  const page = readPage((await searchParams).page);
  const { messagesPerPage: limit } = preferences;
  const initial = await messages.timeline({ view: "my_messages", offset: (page - 1) * limit, limit });
  return (
    <div className="space-y-8">
      <SettingsHeading title="Messages">
        A few words for everyone, or for yourself.{" "}
        {role === "host" && username !== null && <>The public ones stand on your page. </>}
        <Link href="/messages" className="text-accent underline decoration-accent/40 underline-offset-4">
          Read what others write
        </Link>
      </SettingsHeading>
      {/* Another page is another list: it begins with what it was given. */}
      <MessageDesk
        key={`${page} ${limit}`}
        preferences={preferences}
        page={page}
        initial={initial}
        isEmailVerified={emailVerified}
      />
    </div>
  );
}
