"use client";
import type { SaveBookingRules, VersionedBookingRules } from "@parley/api/schema/schedule/booking-rules";
import { useState } from "react";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

/** Saves over the version that was read. Where another tab has saved since, `theirs` is what is there instead. */
export function useSaveRules(loaded: VersionedBookingRules) {
  const utils = trpc.useUtils();
  const mutation = trpc.schedule.saveBookingRules.useMutation();
  const [version, setVersion] = useState(loaded.version);
  const [theirs, setTheirs] = useState<VersionedBookingRules | null>(null);

  return {
    theirs,
    /** Puts these in place of whatever the person has seen: what was read, or what was shown to be there instead. */
    async save(rules: Omit<SaveBookingRules, "expectedVersion">): Promise<void> {
      try {
        const saved = await mutation.mutateAsync({ ...rules, expectedVersion: theirs?.version ?? version });
        setVersion(saved.version);
        setTheirs(null);
      } catch (error) {
        if (failureOf(error).code === "precondition_failed") {
          setTheirs(await utils.schedule.bookingRules.fetch(undefined, { staleTime: 0 }));
        }
        throw error;
      }
    },
    take(rules: VersionedBookingRules): void {
      setVersion(rules.version);
      setTheirs(null);
    },
  };
}
