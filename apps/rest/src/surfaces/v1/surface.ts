import type { AppRouter } from "@parley/api";
import { documentMaxBytes } from "@parley/api/rules/host-onboarding/age-verification";
import { avatarMaxBytes } from "@parley/api/rules/profile/avatar";
import { defineSurface, multipart } from "@parley/surface-kit";
import { securitySchemes } from "../security-schemes";
import { v1Dialect } from "./dialect";
import { calendarRoutes } from "./routes/calendars";

/** The native API. Source: document 000; where it is silent, the conventions. */
export default defineSurface<AppRouter>()({
  name: "v1",
  basePath: "/v1",
  title: "Parley API",
  version: "1.0.0",
  description: "Accounts, profiles, host onboarding and schedules of a marketplace for paid one-to-one conversations.",
  dialect: v1Dialect,
  auth: ["bearer"],
  securitySchemes: { bearer: securitySchemes.bearer },
  tags: {
    account: "Registering, signing in, and proving an e-mail address.",
    profile: "What a person says of themself, and what others read of a host.",
    hostOnboarding: "Proving an age, becoming a host, setting a rate, going online.",
    schedule: "The hours of a week, of single dates, and how they may be booked.",
    bookings: "Conversations that were asked for, and places kept while somebody asks.",
    calendars: "Bookings in calendars elsewhere, and what those hold.",
    directory: "Finding hosts, and following people.",
    devices: "Where push notifications go.",
    notifications: "What a person was told.",
    administration: "For administrators: review of age verifications, and the people of Parley.",
  },
  routes: (route) => [
    // Account
    route("POST /auth/register", "account.register", { status: 201 }),
    route("POST /auth/login", "account.signIn"),
    route("POST /auth/refresh", "account.refresh"),
    route("POST /auth/logout", "account.signOut", { status: 204 }),
    route("POST /auth/verify-email", "account.verifyEmail"),
    route("POST /auth/verify-email/resend", "account.resendVerification", { status: 204, body: "none" }),
    route("POST /auth/password/reset", "account.requestPasswordReset", { status: 204 }),
    route("POST /auth/password/reset/confirm", "account.confirmPasswordReset", { status: 204 }),

    // The signed-in user
    route("GET /users/me", "profile.me", { omit: ["version"], etag: { version: "version" } }),
    route("PUT /users/me", "profile.update", {
      omit: ["version"],
      etag: { version: "version", ifMatch: "expectedVersion" },
    }),
    route("PUT /users/me/avatar", "profile.replaceAvatar", {
      body: multipart({ avatar: { as: "avatar", maxBytes: avatarMaxBytes } }),
    }),
    route("DELETE /users/me/avatar", "profile.removeAvatar", { status: 204 }),

    // Becoming and being a host
    route("GET /users/me/age-verification", "hostOnboarding.ageVerification"),
    route("POST /users/me/age-verification", "hostOnboarding.submitAgeVerification", {
      status: 202,
      body: multipart({ document: { as: "document", maxBytes: documentMaxBytes } }),
    }),
    route("POST /users/me/become-host", "hostOnboarding.becomeHost", { omit: ["version"] }),
    route("PUT /users/me/rate", "hostOnboarding.setRate"),
    route("PUT /users/me/toggle-available", "hostOnboarding.setAvailable", { body: "optional" }),

    // Weekly hours
    route("GET /users/me/availability", "schedule.weekly", {
      etag: { version: "version" },
      omit: ["timezone", "version"],
    }),
    route("PUT /users/me/availability", "schedule.saveWeekly", {
      etag: { version: "version", ifMatch: "expectedVersion" },
      omit: ["timezone", "version"],
    }),

    route("GET /users/me/schedule", "schedule.localWeek", { etag: { version: "version" } }),
    route("PUT /users/me/schedule", "schedule.saveLocalWeek", {
      etag: { version: "version", ifMatch: "expectedVersion" },
    }),

    // Single dates, and how one may be booked
    route("GET /users/me/schedule/overrides", "schedule.overrides"),
    route("PUT /users/me/schedule/overrides", "schedule.saveOverrides"),
    route("PUT /users/me/schedule/overrides/{date}", "schedule.saveOverride"),
    route("DELETE /users/me/schedule/overrides/{date}", "schedule.removeOverride", { status: 204 }),
    route("GET /users/me/booking-rules", "schedule.bookingRules", {
      etag: { version: "version" },
      omit: ["version"],
    }),
    route("PUT /users/me/booking-rules", "schedule.saveBookingRules", {
      etag: { version: "version", ifMatch: "expectedVersion" },
      omit: ["version"],
    }),

    // When hosts can be booked
    route("GET /users/{username}/openings", "schedule.openings"),
    route("GET /schedule/free-hosts", "schedule.freeHosts"),

    // Bookings, and places kept for them
    route("POST /schedule/holds", "bookings.hold", { status: 201 }),
    route("DELETE /schedule/holds/{id}", "bookings.releaseHold", { status: 204 }),
    route("POST /schedule/bookings", "bookings.request", { status: 201 }),
    route("GET /schedule/bookings", "bookings.list"),
    route("GET /schedule/bookings/{id}", "bookings.byId"),
    route("POST /schedule/bookings/{id}/accept", "bookings.accept", { body: "none" }),
    route("POST /schedule/bookings/{id}/decline", "bookings.decline", { body: "optional" }),
    route("POST /schedule/bookings/{id}/cancel", "bookings.cancel", { body: "optional" }),
    route("POST /schedule/bookings/{id}/reschedule", "bookings.reschedule"),
    route("POST /schedule/bookings/{id}/complete", "bookings.complete", { body: "none" }),
    route("POST /schedule/bookings/{id}/no-show", "bookings.markNoShow", { body: "none" }),

    ...calendarRoutes(route),

    // Devices, under both of their addresses
    route("GET /users/me/devices", "devices.list", { aliases: ["/notifications/devices"] }),
    route("POST /users/me/devices", "devices.register", {
      status: { among: [201, 200], choose: (device) => (device.isNew ? 201 : 200) },
      omit: ["isNew"],
      aliases: ["/notifications/devices"],
    }),
    route("DELETE /users/me/devices/{id}", "devices.remove", {
      status: 204,
      aliases: ["/notifications/devices/{id}"],
    }),

    // Notifications
    route("GET /notifications", "notifications.list"),
    route("GET /notifications/unread-count", "notifications.unreadCount"),
    route("PUT /notifications/{id}/read", "notifications.markRead", { status: 204, body: "none" }),
    route("PUT /notifications/read-all", "notifications.markAllRead", { status: 204, body: "none" }),

    // Finding and following
    route("GET /users", "directory.search"),
    route("GET /users/me/following", "directory.following"),
    route("POST /users/{id}/follow", "directory.follow", { status: 201, body: "none" }),
    route("DELETE /users/{id}/follow", "directory.unfollow", { status: 204 }),
    route("GET /users/{id}/follow-status", "directory.followStatus"),
    route("GET /users/{id}/followers", "directory.followers"),
    route("GET /users/{username}", "profile.publicByUsername", {
      etag: "content",
      cache: { tags: (host) => [`user:${host.id}`] },
    }),

    // Review by administrators
    route("GET /admin/age-verifications", "hostOnboarding.ageVerifications", { tag: "administration" }),
    route("GET /admin/age-verifications/{id}/document", "hostOnboarding.ageDocument", {
      tag: "administration",
      bytes: { contentTypes: ["image/jpeg", "image/png", "image/webp", "application/pdf"] },
    }),
    route("POST /admin/age-verifications/{id}/approve", "hostOnboarding.approveAgeVerification", {
      tag: "administration",
      body: "none",
    }),
    route("POST /admin/age-verifications/{id}/reject", "hostOnboarding.rejectAgeVerification", {
      tag: "administration",
    }),
    route("GET /admin/users", "account.findUsers", { tag: "administration" }),
  ],
});
