/** How a host may be booked. Source: issue "Schedules", booking rules; the bounds stand in the migration, too. */
export interface BookingRules {
  /** The lengths on offer, ascending, each once. */
  durationsMinutes: readonly number[];
  /** From one start to the next, in elapsed time from the beginning of an opening. */
  stepMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** Elapsed time from now to the earliest start. */
  minimumNoticeMinutes: number;
  /** How many local dates ahead of today's may be booked. */
  windowDays: number;
  /** Starts on one local date; null where there is no limit. */
  maxPerDay: number | null;
  /** Whether a booking waits for the host's consent. */
  requiresConsent: boolean;
}

/** Those of a host who never set any. */
export const defaultBookingRules: BookingRules = {
  durationsMinutes: [15, 30, 45, 60],
  stepMinutes: 15,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 120,
  windowDays: 60,
  maxPerDay: null,
  requiresConsent: false,
};

/** The least and the most of each, both allowed. */
export const bookingRulesBounds = {
  durations: { min: 1, max: 10 },
  durationMinutes: { min: 5, max: 480 },
  stepMinutes: { min: 5, max: 480 },
  bufferMinutes: { min: 0, max: 480 },
  minimumNoticeMinutes: { min: 0, max: 43_200 },
  windowDays: { min: 1, max: 365 },
  maxPerDay: { min: 1, max: 100 },
} as const;

/** The places in a list of those values that stood in it before. */
export function repeatedAt(values: readonly number[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
