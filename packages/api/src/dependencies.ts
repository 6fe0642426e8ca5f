import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Auth, createAuth } from "@parley/auth";
import { loadSecret } from "@parley/auth/secret";
import { AvatarImageError, normaliseAvatar } from "@parley/avatar-image";
import { writeCalendar } from "@parley/calendar-file";
import { readBusyTimes } from "@parley/calendar-file/busy-times";
import { CalendarFileError } from "@parley/calendar-file/error";
import { type Database, openDatabase } from "@parley/db";
import { startEmbedded } from "@parley/db/embedded";
import { jobCounts } from "@parley/db/jobs";
import { createLiveCache } from "@parley/db/live-cache";
import { migrate } from "@parley/db/migrate";
import { createIdentityProviders, identityProviderProblem, type ProviderSettings } from "@parley/identity-providers";
import { createMailer } from "@parley/mail";
import * as apiTokenMails from "@parley/mail/api-token-templates";
import * as banMails from "@parley/mail/ban-templates";
import * as bookingMails from "@parley/mail/booking-templates";
import * as identityMails from "@parley/mail/identity-templates";
import * as organizationMails from "@parley/mail/organization-templates";
import * as mailTemplates from "@parley/mail/templates";
import type { ObjectStorage } from "@parley/object-storage";
import { createFolderStorage } from "@parley/object-storage/folder";
import type { S3StorageOptions } from "@parley/object-storage/s3";
import { createRemoteFetch, type RemoteFetchOptions } from "@parley/remote-fetch";
import { RemoteFetchError } from "@parley/remote-fetch/error";
import { keepAdministrator } from "./account/administration/service";
import { reviewByAdministrators } from "./host-onboarding/age-verification/rules";
import { createRateLimiter } from "./limits/service";
import { createStores } from "./stores";

/** What a host process reads from its environment. Everything that is left out has an embedded default. */
export interface Options {
  dataDir: string;
  /** Unset: PostgreSQL runs embedded, in `dataDir`. */
  databaseUrl?: string;
  poolSize?: number;
  /** Unset: made once and kept in `dataDir`. */
  authSecret?: string;
  /** Where this API is reached; the issuer of its tokens. */
  apiUrl: string;
  /** Where people reach the web app; mails link there. */
  webUrl: string;
  /** Unset: files in `dataDir`, served at `assetsUrl`. */
  s3?: Omit<S3StorageOptions, "publicUrl">;
  /** Where public objects are served. */
  assetsUrl: string;
  /** Unset: mails become files in `dataDir`/outbox. */
  smtpUrl?: string;
  mailFrom: string;
  redisUrl?: string;
  areLimitsOn: boolean;
  /** Where addresses that people give may lead. Unset: to the public internet. */
  remoteFetch?: RemoteFetchOptions;
  /** With whom people may sign in, and link accounts. Unset: nobody. */
  identityProviders?: readonly ProviderSettings[];
  admin?: { email: string; password: string };
  log: Log;
}

/** Structured logging: an object of facts, then words. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export type Dependencies = Awaited<ReturnType<typeof open>>;

/** A whole answer to a public read, kept until what it shows changes. */
export interface PublicAnswer {
  status: number;
  /** Flat: name, value, name, value. */
  headers: readonly string[];
  body: string;
  etag: string | null;
}

/**
 * Builds everything that procedures need, once a process: the one place where packages are chosen and joined.
 * Services take the part they need as an argument and never look for it themselves. A failure leaves nothing open,
 * PostgreSQL above all.
 */
export async function openDependencies(options: Options): Promise<Dependencies> {
  const opened: Close[] = [];
  try {
    return await open(options, opened);
  } catch (error) {
    await closeAll(opened).catch((err: unknown) => options.log.error({ err }, "did not close"));
    throw error;
  }
}

type Close = () => unknown;

/** The last to be opened is the first to be closed; one that cannot be closed keeps none of the others open. */
async function closeAll(opened: Close[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of opened.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "Not everything could be closed");
}

async function open(options: Options, opened: Close[]) {
  await mkdir(options.dataDir, { recursive: true });
  const { log } = options;
  const embedded =
    options.databaseUrl === undefined
      ? await startEmbedded({ dataDir: options.dataDir, log: (message) => log.info({}, message) })
      : null;
  if (embedded !== null) opened.push(() => embedded.stop());
  const url = options.databaseUrl ?? embedded?.url ?? "";
  await migrate({ url, log: (message) => log.info({}, message) });
  const database = openDatabase({
    url,
    poolSize: options.poolSize,
    onError: (error) => log.warn({ err: error }, "a database connection was lost"),
  });
  opened.push(() => database.close());
  await database.changes.start();
  const auth = await openAuth(options, database);
  opened.push(() => auth.close());
  const objects = await openObjects(options);
  opened.push(() => objects.close());
  const mailer = createMailer({
    smtpUrl: options.smtpUrl,
    outboxDirectory: path.join(options.dataDir, "outbox"),
    from: options.mailFrom,
  });
  opened.push(() => mailer.close());
  const limits = createRateLimiter({ isEnabled: options.areLimitsOn, redisUrl: options.redisUrl });
  opened.push(() => limits.close());

  const deps = {
    log,
    clock: () => new Date(),
    /** An absolute address of the web app, for mails. */
    webLink: (pathname: string, query: Record<string, string> = {}) => webLink(options.webUrl, pathname, query),
    database,
    auth,
    objects,
    mailer,
    mailTemplates,
    bookingMails,
    identityMails,
    organizationMails,
    banMails,
    apiTokenMails,
    mailSender: mailSender(options.mailFrom),
    writeCalendar,
    readBusyTimes,
    calendarFileProblem: (error: unknown) => (error instanceof CalendarFileError ? error.message : null),
    /** Where the API's own surface serves a feed of bookings. */
    feedLink: (token: string) => new URL(`/v1/schedule/feeds/${token}.ics`, options.apiUrl).href,
    limits,
    normaliseAvatar,
    avatarProblem: (error: unknown) => (error instanceof AvatarImageError ? error.message : null),
    remoteFetch: createRemoteFetch(options.remoteFetch),
    remoteFetchProblem: (error: unknown) => (error instanceof RemoteFetchError ? error.message : null),
    identityProviders: createIdentityProviders(options.identityProviders ?? []),
    identityProviderProblem,
    ageVerificationProvider: reviewByAdministrators,
    publicAnswers: createLiveCache<PublicAnswer>({ changes: database.changes, topics: ["user"], maxEntries: 20_000 }),
    ...createStores(database, auth.sealer),
    /** How many background jobs wait, run, and have given up. */
    jobCounts: () => jobCounts(database.pool),
    close: () => closeAll(opened),
  };
  if (options.admin !== undefined) await keepAdministrator(deps, options.admin);
  return deps;
}

async function openAuth(options: Options, database: Database): Promise<Auth> {
  const auth = createAuth({
    pool: database.pool,
    changes: database.changes,
    secret: options.authSecret ?? (await loadSecret(options.dataDir)),
    issuer: options.apiUrl,
    audience: "parley",
  });
  await auth.start();
  return auth;
}

async function openObjects({ s3, dataDir, assetsUrl: publicUrl }: Options): Promise<ObjectStorage> {
  if (s3 === undefined) return createFolderStorage({ directory: path.join(dataDir, "objects"), publicUrl });
  // The SDK is large, and idle wherever objects are files.
  const { createS3Storage } = await import("@parley/object-storage/s3");
  return createS3Storage({ ...s3, publicUrl });
}

function webLink(base: string, pathname: string, query: Record<string, string>): string {
  const link = new URL(pathname, base);
  for (const [name, value] of Object.entries(query)) link.searchParams.set(name, value);
  return link.href;
}

/** `Parley <hello@parley.example>`, or an address alone. */
function mailSender(from: string): { name: string; email: string } {
  const [, name = "", email = from] = /^(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return { name: name.replaceAll('"', "").trim() || "Parley", email: email.trim() };
}
