import { startWorker as startJobRunner } from "@parley/db/jobs";
import { apiTokenJobs } from "./account/api-tokens/jobs";
import { banJobs } from "./account/bans/jobs";
import { deletionJobs } from "./account/deletion/jobs";
import { emailChangeJobs } from "./account/email-change/jobs";
import { accountJobs } from "./account/jobs";
import { bookingJobs } from "./bookings/jobs";
import { calendarJobs } from "./calendars/jobs";
import type { Dependencies } from "./dependencies";
import { hostOnboardingJobs } from "./host-onboarding/jobs";
import { idempotencyJobs } from "./idempotency/jobs";
import { identityJobs } from "./identities/jobs";
import { notificationJobs } from "./notifications/jobs";
import { organizationJobs } from "./organizations/jobs";
import { profileJobs } from "./profile/jobs";
import { subscriptionJobs } from "./subscription/jobs";

/** Every background job by name. A job must be safe to run twice: a worker may die between doing and reporting. */
export function createTasks(deps: Dependencies) {
  return {
    ...accountJobs(deps),
    ...apiTokenJobs(deps),
    ...banJobs(deps),
    ...deletionJobs(deps),
    ...emailChangeJobs(deps),
    ...bookingJobs(deps),
    ...calendarJobs(deps),
    ...hostOnboardingJobs(deps),
    ...idempotencyJobs(deps),
    ...identityJobs(deps),
    ...notificationJobs(deps),
    ...organizationJobs(deps),
    ...profileJobs(deps),
    ...subscriptionJobs(deps),
  };
}

/** Minute hour day month weekday, UTC. */
const crontab = [
  "7 * * * * account.deleteExpired",
  "9 * * * * account.deleteExpiredApiTokens",
  "* * * * * bookings.announce",
  "*/5 * * * * bookings.settle",
  "*/5 * * * * calendars.orderRefreshes",
  "22 * * * * idempotency.deleteStale",
  "37 * * * * organizations.forgetInvitations",
  "37 4 * * * notifications.deleteOld",
  "*/10 * * * * subscription.settle",
].join("\n");

export function startWorker(deps: Dependencies): Promise<{ stop(): Promise<void> }> {
  return startJobRunner({ pool: deps.database.pool, tasks: createTasks(deps), crontab, log: deps.log });
}
