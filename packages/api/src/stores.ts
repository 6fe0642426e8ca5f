import type { Auth } from "@parley/auth";
import type { Database } from "@parley/db";
import { createAdministrationStore } from "./account/administration/store";
import { createApiTokenStore } from "./account/api-tokens/store";
import { createBanStore } from "./account/bans/store";
import { createDeletionStore } from "./account/deletion/store";
import { createEmailChangeStore } from "./account/email-change/store";
import { createEmailTokenStore } from "./account/email-tokens/store";
import { createEmailVerificationStore } from "./account/email-verification/store";
import { createExportStore } from "./account/export/store";
import { createOwnershipStore } from "./account/ownership/store";
import { createPasswordStore } from "./account/password/store";
import { createSessionStore } from "./account/sessions/store";
import { createAccountStore } from "./account/store";
import { createHoldStore } from "./bookings/holds/store";
import { createNoticeStore } from "./bookings/notices/store";
import { createBookingProgressStore } from "./bookings/progress/store";
import { createReservationStore } from "./bookings/reservation/store";
import { createBookingStore } from "./bookings/store";
import { createExternalCalendarStore } from "./calendars/external/store";
import { createFeedStore } from "./calendars/feeds/store";
import { createCalendarStore } from "./calendars/store";
import { createDeviceStore } from "./devices/store";
import { createFollowStore } from "./directory/follows/store";
import { createHostSearchStore } from "./directory/search/store";
import { createAgeVerificationStore } from "./host-onboarding/age-verification/store";
import { createHostOnboardingStore } from "./host-onboarding/store";
import { createIdempotencyStore } from "./idempotency/store";
import { createIdentitySignInStore } from "./identities/sign-in/store";
import { createIdentityStore } from "./identities/store";
import { createMessageStore } from "./messages/store";
import { createFarewellStore } from "./notifications/farewells/store";
import { createNotificationMailStore } from "./notifications/mails/store";
import { createNewsStore } from "./notifications/news/store";
import { createNotificationStore } from "./notifications/store";
import { createInvitationStore } from "./organizations/invitations/store";
import { createMemberStore } from "./organizations/members/store";
import { createReceivedInvitationStore } from "./organizations/received-invitations/store";
import { createOrganizationStore } from "./organizations/store";
import { createAvatarStore } from "./profile/avatar/store";
import { createPersonStore } from "./profile/person/store";
import { createPreferenceStore } from "./profile/preferences/store";
import { createProfileStore } from "./profile/store";
import { createBookingRulesStore } from "./schedule/booking-rules/store";
import { createHoursStore } from "./schedule/hours/store";
import { createOpeningStore } from "./schedule/openings/store";
import { createOverrideStore } from "./schedule/overrides/store";
import { createScheduleStore } from "./schedule/store";
import { createSubscriptionStore } from "./subscription/store";

/** The stores of all domains, over one database. Where one needs more than that, it is named here. */
export function createStores(database: Database, sealer: Auth["sealer"]) {
  const bookingNotices = createNoticeStore(database);
  return {
    idempotency: createIdempotencyStore(database, sealer),
    accounts: createAccountStore(database),
    sessions: createSessionStore(database),
    apiTokens: createApiTokenStore(database),
    passwords: createPasswordStore(database),
    ownership: createOwnershipStore(database),
    exports: createExportStore(database),
    deletions: createDeletionStore(database),
    emailChanges: createEmailChangeStore(database),
    emailTokens: createEmailTokenStore(database),
    emailVerifications: createEmailVerificationStore(database),
    administration: createAdministrationStore(database),
    bans: createBanStore(database),
    profiles: createProfileStore(database),
    avatars: createAvatarStore(database),
    people: createPersonStore(database),
    preferences: createPreferenceStore(database),
    hostOnboarding: createHostOnboardingStore(database),
    ageVerifications: createAgeVerificationStore(database),
    schedules: createScheduleStore(database),
    overrides: createOverrideStore(database),
    bookingRules: createBookingRulesStore(database),
    openings: createOpeningStore(database),
    hours: createHoursStore(database),
    bookings: createBookingStore(database),
    bookingNotices,
    bookingProgress: createBookingProgressStore(database, bookingNotices),
    reservations: createReservationStore(database, bookingNotices),
    holds: createHoldStore(database),
    hostSearch: createHostSearchStore(database),
    follows: createFollowStore(database),
    calendars: createCalendarStore(database),
    calendarFeeds: createFeedStore(database),
    externalCalendars: createExternalCalendarStore(database),
    devices: createDeviceStore(database),
    identities: createIdentityStore(database),
    identitySignIns: createIdentitySignInStore(database),
    organizations: createOrganizationStore(database),
    members: createMemberStore(database),
    invitations: createInvitationStore(database),
    receivedInvitations: createReceivedInvitationStore(database),
    subscriptions: createSubscriptionStore(database),
    messages: createMessageStore(database),
    notifications: createNotificationStore(database),
    news: createNewsStore(database),
    farewells: createFarewellStore(database),
    notificationMails: createNotificationMailStore(database),
  };
}
