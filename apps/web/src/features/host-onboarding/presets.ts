import { type DraftSlot, newDraftSlot } from "@/features/schedule/week-draft";

const workdays = [1, 2, 3, 4, 5];

export interface HoursPreset {
  label: string;
  days: readonly number[];
  startMinute: number;
  endMinute: number;
}

/** Weeks that many people have, to begin with. */
export const hoursPresets: readonly HoursPreset[] = [
  { label: "Working days", days: workdays, startMinute: 9 * 60, endMinute: 17 * 60 },
  { label: "Evenings", days: workdays, startMinute: 18 * 60, endMinute: 21 * 60 },
  { label: "Weekends", days: [0, 6], startMinute: 10 * 60, endMinute: 16 * 60 },
];

export function presetSlots({ days, startMinute, endMinute }: HoursPreset): DraftSlot[] {
  return days.map((dayOfWeek) => newDraftSlot({ dayOfWeek, startMinute, endMinute }));
}
