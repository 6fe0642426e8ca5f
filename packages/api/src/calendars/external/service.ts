import type { Actor, Auth } from "@parley/auth";
import type { BusyTime, readBusyTimes } from "@parley/calendar-file/busy-times";
import type { RemoteFetch } from "@parley/remote-fetch";
import { uuidv7 } from "uuidv7";
import { conflict, type DomainError, invalid, notFound } from "../../errors";
import { accountGone } from "../../profile/service";
import { isOwnUid } from "../rules";
import {
  calendarAddress,
  fetchTimeoutMs,
  holdsStill,
  hostOf,
  keptPeriod,
  maxCalendarBytes,
  refreshAfterMs,
} from "./rules";
import {
  type AddExternalCalendar,
  type ExternalCalendar,
  type ExternalCalendarList,
  maxExternalCalendars,
} from "./schema";
import type { AddResult, ExternalCalendarStore, StoredCalendar } from "./store";

export interface ExternalCalendarDependencies {
  externalCalendars: ExternalCalendarStore;
  remoteFetch: RemoteFetch;
  readBusyTimes: typeof readBusyTimes;
  /** The public message of an address, or of a file, that could not be read; null where the error is another. */
  remoteFetchProblem(error: unknown): string | null;
  calendarFileProblem(error: unknown): string | null;
  auth: Pick<Auth, "opaqueTokens" | "sealer">;
  clock(): Date;
}

export async function listExternalCalendars(
  deps: Pick<ExternalCalendarDependencies, "externalCalendars" | "auth">,
  actor: Actor,
): Promise<ExternalCalendarList> {
  const calendars = await deps.externalCalendars.list(actor.userId);
  return { calendars: calendars.map((calendar) => shown(deps, calendar)) };
}

/**
 * Takes up a calendar that can be read now; its busy times count at once.
 * @throws validation_error naming `url` where it cannot; conflict where it is there already, or there are enough.
 */
export async function addExternalCalendar(
  deps: ExternalCalendarDependencies,
  actor: Actor,
  input: AddExternalCalendar,
): Promise<ExternalCalendar> {
  const { userId } = actor;
  const url = calendarAddress(input.url);
  const timezone = await deps.externalCalendars.findTimezone(userId);
  const copy = await download(deps, url, timezone, null);
  // Nothing was asked for on condition, so nothing can be unchanged.
  if (copy.outcome !== "read") throw invalid({ url: copy.outcome === "failed" ? copy.failure : unusable(304) });
  const id = uuidv7();
  const { opaqueTokens, sealer } = deps.auth;
  const calendar = {
    ...{ id, userId, name: input.name },
    sealedUrl: Uint8Array.from(sealer.seal(url)),
    // Together with its owner, so that the same calendar of two people does not look the same.
    urlHash: Uint8Array.from(opaqueTokens.hash(`${userId} ${url}`)),
  };
  const result = await deps.externalCalendars.add(calendar, { ...copy, timezone, readAt: deps.clock() });
  if (result !== "added") throw refusals[result]();
  return get(deps, userId, id);
}

/** @throws not_found when there is no such calendar, or it is another's. */
export async function removeExternalCalendar(
  deps: Pick<ExternalCalendarDependencies, "externalCalendars">,
  actor: Actor,
  { id }: { id: string },
): Promise<void> {
  if (!(await deps.externalCalendars.remove(actor.userId, id))) throw notFound("Calendar");
}

/** Reads a calendar now. Whether that succeeded is for the answer to say. @throws not_found as for a removal. */
export async function refreshExternalCalendar(
  deps: ExternalCalendarDependencies,
  actor: Actor,
  { id }: { id: string },
): Promise<ExternalCalendar> {
  await get(deps, actor.userId, id);
  await refreshCalendar(deps, { calendarId: id });
  return get(deps, actor.userId, id);
}

/**
 * Brings the busy times of a calendar up to date. A failure is written down, and the last good copy goes on counting:
 * a calendar that cannot be read must not look like one in which nothing is. Job.
 */
export async function refreshCalendar(deps: ExternalCalendarDependencies, job: { calendarId: string }): Promise<void> {
  const id = job.calendarId;
  const calendar = await deps.externalCalendars.findToRefresh(id);
  if (calendar === null) return;
  const now = deps.clock();
  const timezone = calendar.ownTimezone;
  const etag = holdsStill(calendar, timezone, now) ? calendar.etag : null;
  const copy = await download(deps, deps.auth.sealer.open(calendar.sealedUrl), timezone, etag);
  if (copy.outcome === "failed") await deps.externalCalendars.saveFailure(id, copy.failure, now);
  else if (copy.outcome === "unchanged") await deps.externalCalendars.saveUnchanged(id, now);
  else await deps.externalCalendars.saveReading(id, { ...copy, timezone, readAt: now });
}

/** Orders what is due. Job. */
export async function orderRefreshes(
  deps: Pick<ExternalCalendarDependencies, "externalCalendars" | "clock">,
): Promise<void> {
  await deps.externalCalendars.orderRefreshes(new Date(deps.clock().getTime() - refreshAfterMs));
}

type Copy =
  | { outcome: "read"; busyTimes: BusyTime[]; etag: string | null }
  | { outcome: "unchanged" }
  | { outcome: "failed"; failure: string };

async function download(
  deps: ExternalCalendarDependencies,
  url: string,
  timezone: string,
  etag: string | null,
): Promise<Copy> {
  try {
    const answer = await deps.remoteFetch.read(url, {
      maxBytes: maxCalendarBytes,
      timeoutMs: fetchTimeoutMs,
      accept: "text/calendar, text/*;q=0.5, */*;q=0.1",
      headers: etag === null ? {} : { "if-none-match": etag },
    });
    if (answer.status === 304 && etag !== null) return { outcome: "unchanged" };
    if (answer.status !== 200) return { outcome: "failed", failure: unusable(answer.status) };
    const text = new TextDecoder().decode(answer.bytes);
    const period = keptPeriod(deps.clock());
    const busyTimes = await deps.readBusyTimes(text, { ...period, timezone, isIgnored: isOwnUid });
    return { outcome: "read", busyTimes, etag: answer.headers.etag ?? null };
  } catch (error) {
    const failure = deps.remoteFetchProblem(error) ?? deps.calendarFileProblem(error);
    if (failure === null) throw error;
    return { outcome: "failed", failure };
  }
}

function unusable(status: number): string {
  return `answers with status ${status} instead of a calendar`;
}

const refusals = {
  too_many: () => conflict(`You have ${maxExternalCalendars} calendars already; remove one first`),
  known: () => conflict("You have this calendar already", { url: "is one of your calendars already" }),
  account_gone: accountGone,
} satisfies Record<Exclude<AddResult, "added">, () => DomainError>;

async function get(
  deps: Pick<ExternalCalendarDependencies, "externalCalendars" | "auth">,
  userId: string,
  id: string,
): Promise<ExternalCalendar> {
  const calendar = await deps.externalCalendars.find(userId, id);
  if (calendar === null) throw notFound("Calendar");
  return shown(deps, calendar);
}

function shown(deps: Pick<ExternalCalendarDependencies, "auth">, calendar: StoredCalendar): ExternalCalendar {
  const { id, name, sealedUrl, fetchedAt, failedAt, failure, createdAt } = calendar;
  return {
    ...{ id, name, failure },
    host: hostOf(deps.auth.sealer.open(sealedUrl)),
    fetchedAt: fetchedAt?.toISOString() ?? null,
    failedAt: failedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
