import type { OwnProfile } from "@parley/api/schema/profile";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { requireActor } from "@/auth/guard";
import { buttonClass } from "@/components/button-class";
import { Card } from "@/components/card";
import { env } from "@/env";
import { NextConversations } from "@/features/agenda/next-conversations";
import { ChecklistCard } from "@/features/dashboard/checklist-card";
import { profileSteps } from "@/features/dashboard/completeness";
import { Invitation } from "@/features/dashboard/invitation";
import { OnlineSwitch } from "@/features/dashboard/online-switch";
import { PeopleCard } from "@/features/dashboard/people-card";
import { ShareCard } from "@/features/dashboard/share-card";
import { WeekCard } from "@/features/dashboard/week-card";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Dashboard",
  description: "Go online, see your week, and share your page.",
  robots: { index: false },
};

const peopleShown = 6;
const conversationsShown = 4;

export default async function DashboardPage() {
  await requireActor("/dashboard");
  const profile = await (await api()).profile.me();
  return (
    <div className="page-column space-y-6 py-8 md:py-12">
      <h1 className="text-sm font-medium text-muted">Dashboard</h1>
      {profile.role === "host" && profile.username !== null ? (
        <HostDashboard profile={profile} username={profile.username} />
      ) : (
        <VisitorDashboard profile={profile} />
      )}
    </div>
  );
}

async function HostDashboard({ profile, username }: { profile: OwnProfile; username: string }) {
  const caller = await api();
  const [{ items: bookings }, { slots }, { intervals }, followers] = await Promise.all([
    caller.bookings.list({ perPage: conversationsShown }),
    caller.schedule.localWeek(),
    caller.schedule.publicWeek({ username }),
    caller.directory.followers({ id: profile.id, perPage: peopleShown }),
  ]);
  return (
    <>
      <Card className="flex flex-col items-start gap-x-8 gap-y-4 p-5 sm:flex-row sm:p-8">
        <OnlineSwitch profile={profile} />
        <Link href={`/${username}` as Route} className={buttonClass()}>
          See your page
        </Link>
      </Card>
      <NextConversations bookings={bookings} userId={profile.id} href="/dashboard/calendar" />
      {/* The last row takes what the week is taller than the cards beside it. */}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_360px] lg:grid-rows-[auto_auto_auto_1fr]">
        <ChecklistCard className="lg:col-start-2" steps={profileSteps(profile, slots.length > 0)} />
        <WeekCard
          className="lg:col-start-1 lg:row-span-4 lg:row-start-1"
          openings={intervals}
          hasHours={slots.length > 0}
        />
        <ShareCard className="lg:col-start-2" address={`${env().webUrl}/${username}`} username={username} />
        <PeopleCard
          className="lg:col-start-2"
          title="Followers"
          people={followers}
          empty={<p>Nobody follows you yet. Share your page; who follows you sees when you are online.</p>}
        />
      </div>
    </>
  );
}

async function VisitorDashboard({ profile }: { profile: OwnProfile }) {
  const caller = await api();
  const isAdmin = profile.role === "admin";
  const [{ items: bookings }, age, following] = await Promise.all([
    caller.bookings.list({ perPage: conversationsShown }),
    caller.hostOnboarding.ageVerification(),
    caller.directory.following({ perPage: peopleShown }),
  ]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_360px]">
      {bookings.length > 0 && (
        <div className="lg:col-span-2">
          <NextConversations bookings={bookings} userId={profile.id} href="/bookings" />
        </div>
      )}
      {isAdmin ? (
        <Card className="space-y-4 p-6 sm:p-10">
          <h2 className="display text-2xl">You keep this house.</h2>
          <p className="prose-line text-muted">Look at age verifications that wait, and find people.</p>
          <Link href="/admin" className={buttonClass({ tone: "primary" })}>
            Open the administration
          </Link>
        </Card>
      ) : (
        <Invitation emailVerified={profile.emailVerified} ageStatus={age.status} />
      )}
      <PeopleCard
        title="You follow"
        people={following}
        empty={
          <>
            <p>Follow a host on their page, and you find them here again.</p>
            <Link href="/" className={buttonClass({ size: "small" })}>
              Find a host
            </Link>
          </>
        }
      />
    </div>
  );
}
