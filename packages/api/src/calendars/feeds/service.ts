import type { Actor, Auth } from "@parley/auth";
import { forbidden, notFound } from "../../errors";
import type { Party } from "../rules";
import type { CalendarFile } from "../schema";
import { type CalendarDependencies, publish } from "../service";
import type { CalendarFeeds, ResetFeed } from "./schema";
import type { FeedStore, StoredToken } from "./store";

export interface FeedDependencies {
  calendarFeeds: FeedStore;
  auth: Pick<Auth, "opaqueTokens" | "sealer">;
  /** Where a feed is served. */
  feedLink(token: string): string;
}

/** What has passed is of interest for a while; older bookings stay in the calendars that have them. */
const pastMs = 90 * 24 * 60 * 60 * 1_000;
const maxBookings = 1_000;
const refreshMinutes = 30;

/** One's own feeds; they are made when they are first asked for. */
export async function getFeeds(deps: FeedDependencies, actor: Actor): Promise<CalendarFeeds> {
  const link = async (party: Party) => {
    const sealed = await deps.calendarFeeds.findOrCreate(actor.userId, party, createToken(deps));
    return deps.feedLink(deps.auth.sealer.open(sealed));
  };
  return { host: isHost(actor) ? await link("host") : null, caller: await link("caller") };
}

/** Gives a feed a new address; the former one is not found any more. @throws forbidden for the host's feed of no host. */
export async function resetFeed(deps: FeedDependencies, actor: Actor, { party }: ResetFeed): Promise<CalendarFeeds> {
  if (party === "host" && !isHost(actor)) throw forbidden("Only hosts have a calendar of the bookings they host");
  await deps.calendarFeeds.replace(actor.userId, party, createToken(deps));
  return getFeeds(deps, actor);
}

/** The bookings of one party, for whoever knows the token. @throws not_found for every other. */
export async function getFeedFile(
  deps: FeedDependencies & CalendarDependencies & { clock(): Date },
  { token }: { token: string },
): Promise<CalendarFile> {
  const owner = await deps.calendarFeeds.findOwner(asBytes(deps.auth.opaqueTokens.hash(token)));
  if (owner === null) throw notFound("Calendar");
  const since = new Date(deps.clock().getTime() - pastMs);
  const bookings = await deps.calendars.listBookings(owner.userId, owner.party, since, maxBookings);
  const name = owner.party === "host" ? "Parley: conversations I host" : "Parley: conversations I booked";
  return publish(deps, bookings, owner.party, { name, refreshMinutes });
}

function isHost(actor: Actor): boolean {
  return actor.role === "host";
}

function createToken({ auth }: FeedDependencies): StoredToken {
  const { token, hash } = auth.opaqueTokens.create("cal_");
  return { tokenHash: asBytes(hash), sealedToken: asBytes(auth.sealer.seal(token)) };
}

/** The database takes bytes of an ordinary buffer alone. */
function asBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}
