import { z } from "zod";
import type { HoldStore } from "./holds/store";
import { cancelAllOf } from "./progress/service";
import type { BookingProgressStore } from "./progress/store";

interface BookingJobDependencies {
  bookingProgress: BookingProgressStore;
  holds: HoldStore;
  clock(): Date;
}

const person = z.object({ userId: z.uuid() });

export function bookingJobs(deps: BookingJobDependencies) {
  return {
    "bookings.cancelAllOf": (payload: unknown) => cancelAllOf(deps, person.parse(payload)),
    "bookings.settle": async () => {
      const now = deps.clock();
      await deps.bookingProgress.settle(now);
      await deps.holds.deleteExpired(now);
    },
  };
}
