import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { Pager } from "@/components/pager";
import { listAddress, readListQuery } from "@/features/notifications/list-query";
import { NotificationList } from "@/features/notifications/notification-list";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Notifications",
  description: "What happened to your bookings, and who follows you.",
  robots: { index: false },
};

export default async function NotificationsPage({ searchParams }: PageProps<"/notifications">) {
  await requireActor("/notifications");
  const caller = await api();
  const { notificationTrayLimit } = await caller.profile.preferences();
  const query = readListQuery(await searchParams, notificationTrayLimit);
  const [initial, { count }] = await Promise.all([
    caller.notifications.list(query),
    caller.notifications.unreadCount(),
  ]);
  return (
    <div className="page-column max-w-[760px] space-y-6 py-8 md:py-12">
      {/* Another list is another component: it begins with what it was given. */}
      <NotificationList key={listAddress(query)} query={query} initial={initial} unread={count} />
      <Pager
        label="Pages of notifications"
        page={query.page ?? 1}
        perPage={initial.perPage}
        total={initial.total}
        hrefOf={(page) => listAddress({ ...query, page })}
      />
    </div>
  );
}
