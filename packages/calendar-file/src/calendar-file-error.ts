const messages = {
  not_a_calendar: "does not hold a calendar file",
  damaged: "holds a calendar file that is damaged or incomplete",
  too_much: "holds a calendar file with more entries than can be read",
} as const;

/** A calendar file cannot be read. The message is public and fits behind the name of a field. */
export class CalendarFileError extends Error {
  override name = "CalendarFileError";

  constructor(
    readonly reason: keyof typeof messages,
    options?: { cause: unknown },
  ) {
    super(messages[reason], options);
  }
}
