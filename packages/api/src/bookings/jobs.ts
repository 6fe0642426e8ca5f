import type { HoldStore } from "./holds/store";
import type { BookingProgressStore } from "./progress/store";

interface BookingJobDependencies {
  bookingProgress: BookingProgressStore;
  holds: HoldStore;
  clock(): Date;
}

export function bookingJobs(deps: BookingJobDependencies) {
  return {
    "bookings.settle": async () => {
      const now = deps.clock();
      await deps.bookingProgress.settle(now);
      await deps.holds.deleteExpired(now);
    },
  };
}
