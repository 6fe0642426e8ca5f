import type { AppRouter } from "@parley/api";
import type { Route, RouteBuilder } from "@parley/surface-kit";

const calendarFile = {
  bytes: { contentTypes: ["text/calendar"] },
  etag: "content",
  cacheControl: "private, no-cache",
} as const;

/** Bookings as calendar files and feeds, and the calendars of others that close openings. */
export function calendarRoutes(route: RouteBuilder<AppRouter>): Route[] {
  return [
    route("GET /schedule/bookings/{id}.ics", "calendars.bookingFile", calendarFile),
    route("GET /schedule/feeds/{token}.ics", "calendars.feedFile", calendarFile),
    route("GET /users/me/calendar-feeds", "calendars.feeds"),
    route("POST /users/me/calendar-feeds/{party}/reset", "calendars.resetFeed", { body: "none" }),
    route("GET /users/me/external-calendars", "calendars.externalCalendars"),
    route("POST /users/me/external-calendars", "calendars.addExternalCalendar", { status: 201 }),
    route("POST /users/me/external-calendars/{id}/refresh", "calendars.refreshExternalCalendar", { body: "none" }),
    route("DELETE /users/me/external-calendars/{id}", "calendars.removeExternalCalendar", { status: 204 }),
  ];
}
