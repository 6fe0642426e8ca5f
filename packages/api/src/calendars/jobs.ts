import { z } from "zod";
import { type ExternalCalendarDependencies, orderRefreshes, refreshCalendar } from "./external/service";

const calendar = z.object({ calendarId: z.uuid() });

export function calendarJobs(deps: ExternalCalendarDependencies) {
  return {
    "calendars.refresh": (payload: unknown) => refreshCalendar(deps, calendar.parse(payload)),
    "calendars.orderRefreshes": () => orderRefreshes(deps),
  };
}
