interface WeekInfo {
  /** 1 (Monday) to 7 (Sunday). */
  firstDay: number;
}

/** The weekday, 0 (Sunday) to 6, that weeks of a locale begin on. Monday where the browser does not know, as ISO 8601 has it. */
export function weekStartOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): WeekInfo; weekInfo?: WeekInfo };
  return ((known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1) % 7;
}
