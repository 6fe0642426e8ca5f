import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, openDatabase } from "@parley/db";
import { createMailer, type Mailer } from "@parley/mail";
import * as mailTemplates from "@parley/mail/templates";
import { createFolderStorage } from "@parley/object-storage/folder";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser } from "@parley/testing/factories";
import { mailsTo } from "@parley/testing/outbox";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reviewByAdministrators } from "./age-verification/rules";
import { approveAgeVerification, rejectAgeVerification, submitAgeVerification } from "./age-verification/service";
import { createAgeVerificationStore } from "./age-verification/store";
import { hostOnboardingJobs } from "./jobs";

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let directory: string;
let mailer: Mailer;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
  directory = await mkdtemp(path.join(tmpdir(), "parley-onboarding-"));
  mailer = createMailer({ outboxDirectory: outbox(), from: "Parley <hello@example.test>" });
});
afterAll(async () => {
  await mailer.close();
  await database.close();
  await fresh.close();
  await rm(directory, { recursive: true });
});

const outbox = () => path.join(directory, "outbox");

function openDeps() {
  return {
    ageVerifications: createAgeVerificationStore(database),
    ageVerificationProvider: reviewByAdministrators,
    objects: createFolderStorage({ directory: path.join(directory, "objects"), publicUrl: "http://127.0.0.1/objects" }),
    clock: () => new Date(),
    log: { warn: () => {} },
    mailer,
    mailTemplates,
    webLink: (pathname: string) => `https://parley.example.test${pathname}`,
  };
}

async function submit(deps: ReturnType<typeof openDeps>, email: string): Promise<string> {
  const actor = actorFor(await createUser(database.pool, { role: "verified_user", email }));
  const document = new File(["%PDF-1.7"], "passport.pdf");
  await submitAgeVerification(deps, actor, { birthDate: "1990-05-17", document });
  const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM age_verifications WHERE user_id = $1", [
    actor.userId,
  ]);
  return rows[0]?.id ?? "";
}

async function keysOf(deps: ReturnType<typeof openDeps>): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of deps.objects.list("private/")) keys.push(key);
  return keys;
}

test("once decided, documents are gone from the disk and the people know", async () => {
  const deps = openDeps();
  const admin = actorFor(await createUser(database.pool, { role: "admin" }));
  const approved = await submit(deps, "approved@example.test");
  const rejected = await submit(deps, "rejected@example.test");
  await submit(deps, "waiting@example.test");
  expect(await keysOf(deps)).toHaveLength(3);

  await approveAgeVerification(deps, admin, { id: approved });
  await rejectAgeVerification(deps, admin, { id: rejected, reason: "The document has expired" });
  await runDueJobs(database.pool, hostOnboardingJobs(deps));

  const keys = await keysOf(deps);
  expect(keys).toHaveLength(1);
  expect(keys.join()).not.toContain(approved);
  expect(keys.join()).not.toContain(rejected);
  const files = await readdir(path.join(directory, "objects"), { recursive: true });
  expect(files.join()).not.toContain(approved);
  expect(await mailsTo(outbox(), "approved@example.test")).toEqual([
    expect.stringContaining("https://parley.example.test/become-a-host"),
  ]);
  expect(await mailsTo(outbox(), "rejected@example.test")).toEqual([
    expect.stringContaining("The document has expired"),
  ]);
});

test("jobs may run twice, late, or about what has gone", async () => {
  const deps = openDeps();
  const jobs = hostOnboardingJobs(deps);
  const waiting = await submit(deps, "twice@example.test");
  const before = await keysOf(deps);
  const key = `private/age-verifications/${waiting}`;

  await jobs["hostOnboarding.deleteDocument"]({ key });
  expect(await keysOf(deps)).toEqual(before);
  await jobs["hostOnboarding.deleteDocument"]({ key: "private/age-verifications/never-was" });
  // Undecided, unknown, or of an account that has gone: nobody to tell.
  await jobs["hostOnboarding.sendDecisionMail"]({ ageVerificationId: waiting });
  await jobs["hostOnboarding.sendDecisionMail"]({ ageVerificationId: "01932d2c-7f3b-7aaa-8bbb-000000000001" });
  const admin = actorFor(await createUser(database.pool, { role: "admin" }));
  await approveAgeVerification(deps, admin, { id: waiting });
  await database.pool.query("UPDATE users SET deleted_at = now() WHERE email = 'twice@example.test'");
  await runDueJobs(database.pool, jobs);
  await jobs["hostOnboarding.deleteDocument"]({ key });

  expect((await keysOf(deps)).join()).not.toContain(waiting);
  expect(await mailsTo(outbox(), "twice@example.test")).toEqual([]);
});
