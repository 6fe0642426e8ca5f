import { accountRouter } from "./account/router";
import { bookingsRouter } from "./bookings/router";
import { calendarsRouter } from "./calendars/router";
import { devicesRouter } from "./devices/router";
import { directoryRouter } from "./directory/router";
import { hostOnboardingRouter } from "./host-onboarding/router";
import { identitiesRouter } from "./identities/router";
import { messagesRouter } from "./messages/router";
import { notificationsRouter } from "./notifications/router";
import { organizationsRouter } from "./organizations/router";
import { profileRouter } from "./profile/router";
import { scheduleRouter } from "./schedule/router";
import { subscriptionRouter } from "./subscription/router";
import { createCallerFactory, router } from "./trpc";

/** Everything Parley does, as `domain.procedure`: two levels, whichever transport asks. */
export const appRouter = router({
  account: accountRouter,
  bookings: bookingsRouter,
  calendars: calendarsRouter,
  devices: devicesRouter,
  directory: directoryRouter,
  hostOnboarding: hostOnboardingRouter,
  identities: identitiesRouter,
  messages: messagesRouter,
  notifications: notificationsRouter,
  organizations: organizationsRouter,
  profile: profileRouter,
  schedule: scheduleRouter,
  subscription: subscriptionRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in process, e.g. for server rendering. */
export const createCaller = createCallerFactory(appRouter);
