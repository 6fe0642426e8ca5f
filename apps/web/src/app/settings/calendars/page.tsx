import type { Metadata } from "next";
import { requireActor } from "@/auth/guard";
import { CalendarFeedList } from "@/features/calendars/calendar-feeds";
import { ExternalCalendars } from "@/features/calendars/external-calendars";
import { Section, SettingsHeading } from "@/features/settings/section";
import { api } from "@/trpc/server";

export const metadata: Metadata = {
  title: "Calendars",
  description: "Your bookings in the calendar you use, and its busy times in your openings.",
};

export default async function CalendarsSettingsPage() {
  await requireActor("/settings/calendars");
  const { calendars } = await api();
  const [feeds, external] = await Promise.all([calendars.feeds(), calendars.externalCalendars()]);
  return (
    <div className="space-y-8">
      <SettingsHeading title="Calendars">
        Your bookings in the calendar you use, and its busy times in your openings.
      </SettingsHeading>
      <Section
        title="Subscribe to your bookings"
        about="Give an address to your calendar, and it follows your bookings. Whoever knows it can read them: keep it to yourself."
      >
        <CalendarFeedList initial={feeds} />
      </Section>
      <Section
        title="Calendars elsewhere"
        about="While they say that you are busy, nobody can book you here. They are read every quarter of an hour; nothing but the times is kept."
      >
        <ExternalCalendars initial={external} />
      </Section>
    </div>
  );
}
