import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { runDueJobs } from "@parley/testing/run-jobs";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type AgeVerificationProvider, reviewByAdministrators } from "../src/host-onboarding/age-verification/rules";
import { deleteDocument, submitAgeVerification } from "../src/host-onboarding/age-verification/service";
import { createAgeVerificationStore } from "../src/host-onboarding/age-verification/store";

/** Where ages are verified; every test finds it without people, objects and jobs, and may change what it names. */
export interface AgeVerifications {
  database: Database;
  objects: ReturnType<typeof createRecordingObjects>;
  now: Date;
  warnings: string[];
  provider: AgeVerificationProvider;
  deps(over?: { database?: Database }): Parameters<typeof submitAgeVerification>[0];
  person(facts?: UserFacts): Promise<ReturnType<typeof actorFor>>;
  /** Somebody whose request waits for a decision, and its id. */
  pendingRequest(): Promise<{ actor: ReturnType<typeof actorFor>; id: string }>;
  /** How many requests there are, whatever became of them. */
  rowCount(): Promise<number | undefined>;
  /** Runs what is due of the clean-up; mails are another test's concern. */
  runCleanUp(): Promise<void>;
}

export const passport = (birthDate = "1990-05-17") => ({
  birthDate,
  document: new File(["%PDF-1.7 a passport"], "passport.png", { type: "image/png" }),
});

export const pendingPage = { status: "pending", page: 1, perPage: 20 } as const;

export function useAgeVerifications(): AgeVerifications {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let database: Database;
  const stage: AgeVerifications = {
    get database() {
      return database;
    },
    objects: createRecordingObjects(),
    now: new Date(),
    warnings: [],
    provider: reviewByAdministrators,
    deps: (over = {}) => ({
      ageVerifications: createAgeVerificationStore(over.database ?? database),
      ageVerificationProvider: stage.provider,
      objects: stage.objects,
      clock: () => stage.now,
      log: { warn: (_: object, message: string) => void stage.warnings.push(message) },
    }),
    person: async (facts = { role: "verified_user" }) => actorFor(await createUser(database.pool, facts)),
    async pendingRequest() {
      const actor = await stage.person();
      await submitAgeVerification(stage.deps(), actor, passport());
      const { rows } = await database.pool.query<{ id: string }>(
        "SELECT id FROM age_verifications WHERE user_id = $1",
        [actor.userId],
      );
      return { actor, id: rows[0]?.id ?? "" };
    },
    async rowCount() {
      const { rows } = await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM age_verifications");
      return rows[0]?.n;
    },
    runCleanUp: () =>
      runDueJobs(database.pool, {
        "hostOnboarding.deleteDocument": (payload) => deleteDocument(stage.deps(), payload as { key: string }),
        "hostOnboarding.sendDecisionMail": async () => {},
      }),
  };

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url });
  });
  afterAll(async () => {
    await database.close();
    await fresh.close();
  });
  beforeEach(async () => {
    await database.pool.query("TRUNCATE users CASCADE");
    await database.pool.query("SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs");
    stage.objects = createRecordingObjects();
    stage.now = new Date();
    stage.warnings = [];
    stage.provider = reviewByAdministrators;
  });
  return stage;
}
