import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freshDatabase } from "@parley/testing";
import { actorFor, type BookableFacts, createBookableHost, createUser } from "@parley/testing/factories";
import { runDueJobs } from "@parley/testing/run-jobs";
import { startSmtpServer, type TestServer } from "@parley/testing/smtp-server";
import { afterAll, beforeAll } from "vitest";
import { type Dependencies, openDependencies } from "../src/dependencies";
import { createCaller } from "../src/router";
import { createTasks } from "../src/worker";

export type Party = "host" | "caller";
export type Conversation = Awaited<ReturnType<ReturnType<typeof useConversations>["conversation"]>>;

const minutes = 60_000;

/** A full hour so many days ahead. */
export const daysAhead = (days: number) =>
  `${new Date(Date.now() + days * 24 * 60 * minutes).toISOString().slice(0, 13)}:00:00.000Z`;

export const earlier = (start: string, minutesBefore: number) =>
  new Date(Date.parse(start) - minutesBefore * minutes).toISOString();

/** People who book each other, and a real mail server that hears what they are told. */
export function useConversations() {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let directory: string;
  let server: TestServer;
  let deps: Dependencies;

  beforeAll(async () => {
    fresh = await freshDatabase();
    directory = await mkdtemp(path.join(tmpdir(), "parley-notifications-"));
    server = await startSmtpServer();
    deps = await openDependencies({
      dataDir: directory,
      databaseUrl: fresh.url,
      apiUrl: "http://api.example.test",
      webUrl: "https://parley.example.test",
      assetsUrl: "http://assets.example.test",
      mailFrom: "Parley <hello@parley.example.test>",
      smtpUrl: server.url,
      areLimitsOn: false,
      log: { info() {}, warn() {}, error() {} },
    });
  });
  afterAll(async () => {
    await deps.close();
    await server.close();
    await fresh.close();
    await rm(directory, { recursive: true });
  });

  const pool = () => deps.database.pool;
  return {
    get deps() {
      return deps;
    },
    pool,
    runJobs: () => runDueJobs(pool(), createTasks(deps)),

    /** A host and a caller who asks for half an hour, and what both can do and have heard. */
    async conversation(facts: BookableFacts & { callerZone?: string; start?: string } = {}) {
      const host = await createBookableHost(pool(), { displayName: "Hannah", timezone: "America/New_York", ...facts });
      const caller = await createUser(pool(), { role: "verified_user", displayName: "Carl" });
      const people = { host, caller };
      const as = (party: Party) =>
        createCaller({ actor: actorFor(people[party]), client: null, requestId: "test", deps });
      const booking = await as("caller").bookings.request({
        hostUsername: host.username ?? "",
        start: facts.start ?? daysAhead(5),
        durationMinutes: 30,
        note: "About my thesis",
        timezone: facts.callerZone,
      });
      return {
        booking,
        people,
        host: as("host"),
        caller: as("caller"),
        mails: (party: Party) => server.received.filter(({ envelope }) => envelope.to[0] === people[party].email),
        /** Types, oldest first. */
        told: async (party: Party, onlyUnread = false) => {
          const { items } = await as(party).notifications.list({ unread: onlyUnread, page: 1, perPage: 100 });
          return items.map(({ type }) => type.replace("booking_", "")).reverse();
        },
      };
    },

    /** The reminders that are ordered for a booking: which, and for when. */
    async orders(bookingId: string) {
      await deps.bookingNotices.announce(new Date());
      const { rows } = await pool().query<{ key: string; run_at: Date }>(
        "SELECT key, run_at FROM graphile_worker.jobs WHERE key LIKE $1 ORDER BY run_at",
        [`remind:${bookingId}:%`],
      );
      return rows.map(({ key, run_at }) => [key.split(":").at(-1), run_at.toISOString()]);
    },
  };
}
