import { z } from "zod";
import type { HoldStore } from "./holds/store";
import type { NoticeStore } from "./notices/store";
import { cancelAllOf } from "./progress/service";
import type { BookingProgressStore } from "./progress/store";

interface BookingJobDependencies {
  bookingProgress: BookingProgressStore;
  bookingNotices: NoticeStore;
  holds: HoldStore;
  clock(): Date;
}

const person = z.object({ userId: z.uuid() });

export function bookingJobs(deps: BookingJobDependencies) {
  return {
    "bookings.announce": () => deps.bookingNotices.announce(deps.clock()),
    "bookings.cancelAllOf": (payload: unknown) => cancelAllOf(deps, person.parse(payload)),
    "bookings.settle": async () => {
      const now = deps.clock();
      await deps.bookingProgress.settle(now);
      await deps.holds.deleteExpired(now);
    },
  };
}
