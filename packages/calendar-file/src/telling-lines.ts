import { CalendarFileError } from "./calendar-file-error";

/** The properties that say when somebody is busy, and what holds them together. */
const telling =
  /^(?:BEGIN|END|UID|SEQUENCE|STATUS|TRANSP|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|FREEBUSY|TZID|TZOFFSETFROM|TZOFFSETTO)[;:]/i;

const maxLines = 100_000;
/** Of a line up to its value; the library's work with parameters grows with their square. */
const maxHeadLength = 4_096;

/**
 * A calendar file without all that does not say when: descriptions, people, pictures. What is left is quick to read, and
 * what others write there cannot be in the way.
 * @throws CalendarFileError `too_much`
 */
export function tellingLines(file: string): string {
  const lines = file
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/)
    .filter((line) => telling.test(line));
  if (lines.length > maxLines || lines.some(hasLongHead)) throw new CalendarFileError("too_much");
  return lines.join("\r\n");
}

/** Whether the colon before the value, which is the first that stands in no quotes, comes late or never. */
function hasLongHead(line: string): boolean {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (at > maxHeadLength) return true;
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ":" && !isQuoted) return false;
  }
  return false;
}
