import { writeCalendar } from "@parley/calendar-file";
import { type Database, openDatabase } from "@parley/db";
import { createMailer, type Mailer } from "@parley/mail";
import * as bookingMails from "@parley/mail/booking-templates";
import { freshDatabase } from "@parley/testing";
import { createUser, type TestUser } from "@parley/testing/factories";
import { runDueJobs } from "@parley/testing/run-jobs";
import { startSmtpServer, type TestServer } from "@parley/testing/smtp-server";
import { uuidv7 } from "uuidv7";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { notificationJobs } from "../jobs";
import { createNewsStore } from "../news/store";
import { createNotificationStore } from "../store";
import { createNotificationMailStore } from "./store";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let server: TestServer;
let mailer: Mailer;
let now: Date;
/** How often the server turns a mail away before it takes it. */
let refusals = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.close();
});
beforeEach(async () => {
  now = new Date("2026-11-24T08:00:00Z");
  refusals = 0;
  server = await startSmtpServer({
    onRcptTo(_address, _session, done) {
      refusals -= 1;
      done(refusals < 0 ? null : Object.assign(new Error("try again later"), { responseCode: 451 }));
    },
  });
  mailer = createMailer({
    smtpUrl: server.url,
    outboxDirectory: "/nonexistent",
    from: "Parley <hello@parley.example>",
  });
});
afterEach(async () => {
  await mailer.close();
  await server.close();
});

type Jobs = ReturnType<typeof notificationJobs>;
function openDeps() {
  return {
    news: createNewsStore(database),
    notificationMails: createNotificationMailStore(database),
    notifications: createNotificationStore(database),
    bookingMails,
    mailer: mailer as Pick<Mailer, "send">,
    writeCalendar,
    mailSender: { name: "Parley", email: "hello@parley.example" },
    webLink: (pathname: string) => `https://parley.example.test${pathname}`,
    clock: () => now,
  };
}

/** A confirmed booking of which nobody was told. */
async function booked() {
  const [host, caller] = [await createUser(database.pool, { role: "host" }), await createUser(database.pool)];
  const id = uuidv7();
  await database.pool.query(
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
     VALUES ($1, $2, $3, 'confirmed', '2026-12-01T10:00:00Z', '2026-12-01T10:30:00Z', 250, 7500)`,
    [id, host.id, caller.id],
  );
  return { id, host, caller };
}
type Booked = Awaited<ReturnType<typeof booked>>;
const tell = (jobs: Jobs, { id }: Booked) =>
  jobs["notifications.tellOfBooking"]({ bookingId: id, event: "confirmed", sequence: 0 });

/** The jobs that wait for the mails of a booking, the host's and the caller's, taken out of the queue to be run by hand. */
async function mailOrders({ id, host }: Booked): Promise<{ ofHost: object; all: object[] }> {
  const { rows } = await database.pool.query<{ payload: object; user_id: string }>(
    `SELECT job.payload, n.user_id FROM graphile_worker._private_jobs job
     JOIN notifications n ON n.id = (job.payload->>'notificationId')::uuid WHERE job.payload->>'bookingId' = $1`,
    [id],
  );
  await database.pool.query("DELETE FROM graphile_worker._private_jobs");
  const ofHost = rows.find(({ user_id }) => user_id === host.id)?.payload;
  if (ofHost === undefined) throw new Error("no mail to the host was ordered");
  return { ofHost, all: rows.map(({ payload }) => payload) };
}
const idsOfMailsTo = ({ email }: TestUser) =>
  server.received.filter(({ envelope }) => envelope.to[0] === email).map(({ parsed }) => parsed.messageId);
const countOfTold = async ({ id }: TestUser) =>
  (await database.pool.query("SELECT FROM notifications WHERE user_id = $1", [id])).rowCount;

describe("telling, and ordering the mails of it", () => {
  test("stand or fall together", async () => {
    const talk = await booked();
    const jobs = notificationJobs(openDeps());
    await database.pool.query(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the worker dies'; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION fail()`);
    await expect(tell(jobs, talk)).rejects.toThrow("the worker dies");
    expect(await countOfTold(talk.host)).toBe(0);
    await database.pool.query("DROP FUNCTION fail CASCADE");
    await tell(jobs, talk);
    await runDueJobs(database.pool, jobs);
    for (const person of [talk.host, talk.caller]) {
      expect(await countOfTold(person)).toBe(1);
      expect(idsOfMailsTo(person)).toHaveLength(1);
    }
  });

  test("happen once, however many workers are at it", async () => {
    const talk = await booked();
    const jobs = notificationJobs(openDeps());
    await Promise.all(Array.from({ length: 20 }, () => tell(jobs, talk)));
    const { all } = await mailOrders(talk);
    expect(all).toHaveLength(2);
    await Promise.allSettled(
      all.flatMap((order) => Array.from({ length: 10 }, () => jobs["notifications.mail"](order))),
    );
    expect([await countOfTold(talk.host), await countOfTold(talk.caller)]).toEqual([1, 1]);
    expect([idsOfMailsTo(talk.host).length, idsOfMailsTo(talk.caller).length]).toEqual([1, 1]);
  });
});

describe("a mail", () => {
  test("that the server turns away is sent by the next attempt, at once", async () => {
    const talk = await booked();
    const jobs = notificationJobs(openDeps());
    await tell(jobs, talk);
    const { ofHost } = await mailOrders(talk);
    refusals = 1;
    await expect(jobs["notifications.mail"](ofHost)).rejects.toThrow("try again later");
    await jobs["notifications.mail"](ofHost);
    await jobs["notifications.mail"](ofHost);
    expect(idsOfMailsTo(talk.host)).toHaveLength(1);
  });

  test("whose worker died before it was sent is left alone for a while, and then sent", async () => {
    const talk = await booked();
    const deps = openDeps();
    const jobs = notificationJobs(deps);
    await tell(jobs, talk);
    const { ofHost } = await mailOrders(talk);
    const dying = notificationJobs({ ...deps, mailer: { send: () => new Promise(() => {}) } });
    void dying["notifications.mail"](ofHost);
    await expect.poll(() => claimed(talk.host)).toBe(true);
    now = new Date(now.getTime() + 119_000);
    await expect(jobs["notifications.mail"](ofHost)).rejects.toThrow("another worker");
    now = new Date(now.getTime() + 1_000);
    await jobs["notifications.mail"](ofHost);
    expect(idsOfMailsTo(talk.host)).toHaveLength(1);
  });

  test("whose worker died when the server had just taken it may come again, under the same id", async () => {
    const talk = await booked();
    const deps = openDeps();
    const jobs = notificationJobs(deps);
    await tell(jobs, talk);
    const { ofHost, all } = await mailOrders(talk);
    const settle = () => new Promise<never>(() => {});
    const dying = notificationJobs({ ...deps, notificationMails: { ...deps.notificationMails, settle } });
    void dying["notifications.mail"](ofHost);
    await expect.poll(() => idsOfMailsTo(talk.host).length).toBe(1);
    now = new Date(now.getTime() + 120_000);
    for (const order of [...all, ...all]) await jobs["notifications.mail"](order);
    const [first, second, ...more] = idsOfMailsTo(talk.host);
    expect(first).toMatch(/^<notification-[0-9a-f-]{36}@parley\.example>$/);
    expect([second, more]).toEqual([first, []]);
    const [ofCaller, ...others] = idsOfMailsTo(talk.caller);
    expect(others).toEqual([]);
    expect(ofCaller).not.toBe(first);
  });

  test("is not sent once the booking is another one, or its reader has left", async () => {
    const jobs = notificationJobs(openDeps());
    for (const change of [
      "UPDATE bookings SET sequence = sequence + 1 WHERE id = $1",
      "UPDATE users SET deleted_at = now() WHERE id = (SELECT host_id FROM bookings WHERE id = $1)",
      "DELETE FROM users WHERE id = (SELECT host_id FROM bookings WHERE id = $1)",
    ]) {
      const talk = await booked();
      await tell(jobs, talk);
      const { ofHost } = await mailOrders(talk);
      await database.pool.query(change, [talk.id]);
      await jobs["notifications.mail"](ofHost);
      expect(idsOfMailsTo(talk.host), change).toEqual([]);
    }
  });
});

async function claimed({ id }: TestUser): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    "SELECT FROM notifications WHERE user_id = $1 AND mail_claimed_at IS NOT NULL",
    [id],
  );
  return rowCount === 1;
}
