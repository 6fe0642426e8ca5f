import {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from "ical-generator";

/** What a calendar asks of its reader: to take part, to strike out, or to look. Source: RFC 5546. */
export type CalendarMethod = "REQUEST" | "CANCEL" | "PUBLISH";

export interface CalendarPerson {
  name: string;
  email: string;
}

/** One entry. Times are instants, written in UTC to the second. */
export interface CalendarEvent {
  /** The same for every version of an entry, and no other's. */
  uid: string;
  /** Of the version; a greater one replaces a lesser. */
  sequence: number;
  start: Date;
  end: Date;
  summary: string;
  description?: string;
  /** An absolute web address. */
  url?: string;
  organizer?: CalendarPerson;
  /** Left out where a calendar is published: only a request or its withdrawal has guests. */
  attendee?: CalendarPerson & { hasAccepted?: boolean };
  status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  /** When this version came to be. The file depends on nothing else that passes, so that the same is the same bytes. */
  lastModified: Date;
  /** Minutes before the start at which the calendar reminds its owner. */
  remindersMinutes?: readonly number[];
}

export interface Calendar {
  method: CalendarMethod;
  /** Shown as the name of a calendar that is subscribed to. */
  name?: string;
  /** How often a subscriber should look again. */
  refreshMinutes?: number;
  events: readonly CalendarEvent[];
}

/**
 * An iCalendar file: CRLF, lines of at most 75 octets that part no character, times in UTC. Texts may hold anything;
 * what iCalendar cannot say is left out of them. Source: RFC 5545, 5546, 7986.
 * @throws TypeError where a `url` is no web address.
 */
export function writeCalendar({ method, name, refreshMinutes, events }: Calendar): string {
  const calendar = new ICalCalendar({
    prodId: { company: "Parley", product: "Parley", language: "EN" },
    method: ICalCalendarMethod[method],
    // The library writes these as they are.
    name: name === undefined ? null : escapeText(plain(name).replaceAll("\n", " ")),
    ttl: refreshMinutes === undefined ? null : refreshMinutes * 60,
    events: events.map(toEventData),
  });
  // The library leaves out the end of the last line, without which the file is none.
  return `${calendar.toString()}\r\n`;
}

function toEventData(event: CalendarEvent): ICalEventData {
  const { start, end, sequence, lastModified } = event;
  return {
    id: escapeText(plain(event.uid)),
    sequence,
    start,
    end,
    stamp: lastModified,
    lastModified,
    summary: plain(event.summary),
    description: event.description === undefined ? null : plain(event.description),
    url: event.url === undefined ? null : webAddress(event.url),
    organizer: event.organizer === undefined ? null : toPerson(event.organizer),
    attendees: event.attendee === undefined ? [] : [toAttendee(event.attendee)],
    status: ICalEventStatus[event.status],
    transparency: event.status === "CANCELLED" ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    alarms: (event.remindersMinutes ?? []).map((minutes) => ({
      type: ICalAlarmType.display,
      trigger: minutes * 60,
    })),
  };
}

function toAttendee({ hasAccepted, ...person }: NonNullable<CalendarEvent["attendee"]>) {
  return {
    ...toPerson(person),
    role: ICalAttendeeRole.REQ,
    status: hasAccepted ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.NEEDSACTION,
    // Answers would go to a mailbox that reads none; Parley is where one accepts or cancels.
    rsvp: false,
  };
}

/**
 * Names are written as parameters, which know no escapes that calendars agree on (RFC 6868 came late): what would need
 * one becomes its look-alike.
 */
function toPerson({ name, email }: CalendarPerson): CalendarPerson {
  const shown = plain(name)
    .replaceAll("\n", " ")
    .replaceAll('"', "'")
    .replaceAll("\\", "/")
    .replaceAll("^", "ˆ")
    .trim();
  return { name: shown === "" ? email : shown, email };
}

/** Text without what a file cannot hold: control characters but for line ends and tabs, and halves of characters. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "");
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** The library escapes addresses as it does texts, which would make others of them: nothing is left to escape. */
function webAddress(url: string): string {
  return new URL(url).href.replace(/[\\,;]/g, encodeURIComponent);
}
