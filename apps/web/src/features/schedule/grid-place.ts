import { minutesPerDay, type WeeklySlot } from "@parley/api/rules/schedule/weekly";

/** Where a slot stands on the grid. */
export function placeOnGrid({ dayOfWeek, startMinute, endMinute }: WeeklySlot, days: readonly number[]) {
  const length = Math.max(0, endMinute - startMinute);
  return {
    left: `calc(${(days.indexOf(dayOfWeek) / 7) * 100}% + 2px)`,
    width: `calc(${100 / 7}% - 4px)`,
    top: `calc(${(startMinute / minutesPerDay) * 100}% + 1px)`,
    height: `calc(${(length / minutesPerDay) * 100}% - 2px)`,
  };
}
