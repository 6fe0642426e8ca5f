import { hash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface CalendarServer {
  /** Where the calendar is. */
  url: string;
  /** What is there; a number stands for a status without a calendar. */
  content: string | number;
  /** The requests that came, first to last. */
  readonly requests: readonly IncomingMessage["headers"][];
  close(): Promise<void>;
}

/** A real web server on loopback that serves a calendar, as those of others do: with an ETag, and 304 for who knows it. */
export async function startCalendarServer(content: string | number): Promise<CalendarServer> {
  const requests: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers);
    const { content: served } = calendars;
    if (typeof served === "number") {
      response.writeHead(served).end();
      return;
    }
    const etag = `"${hash("sha256", served)}"`;
    const isKnown = request.headers["if-none-match"] === etag;
    response.writeHead(isKnown ? 304 : 200, { "Content-Type": "text/calendar", ETag: etag });
    response.end(isKnown ? undefined : served);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const calendars: CalendarServer = {
    url: `http://127.0.0.1:${port}/calendar.ics`,
    content,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return calendars;
}

/** A calendar with one busy time for each pair of instants (ISO text in UTC, to the second). */
export function calendarOf(...busy: readonly (readonly [start: string, end: string])[]): string {
  const stamp = (instant: string) => instant.replace(/[-:]/g, "");
  const events = busy.flatMap(([start, end], index) => [
    ...["BEGIN:VEVENT", `UID:${index}@elsewhere.test`, "DTSTAMP:20260101T000000Z"],
    ...[`DTSTART:${stamp(start)}`, `DTEND:${stamp(end)}`, "SUMMARY:Busy", "END:VEVENT"],
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elsewhere//EN", ...events, "END:VCALENDAR", ""];
  return lines.join("\r\n");
}
