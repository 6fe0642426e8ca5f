import { type Database, openDatabase } from "@parley/db";
import { freshDatabase } from "@parley/testing";
import { actorFor, createUser, type UserFacts } from "@parley/testing/factories";
import { createRecordingObjects } from "@parley/testing/recording-objects";
import { afterAll, beforeAll } from "vitest";
import { getPublicProfile } from "../src/profile/service";
import { createProfileStore } from "../src/profile/store";

/** People and their profiles, in a database of their own. */
export function useProfiles() {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let database: Database;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase({ url: fresh.url });
  });
  afterAll(async () => {
    await database.close();
    await fresh.close();
  });

  const deps = () => ({ profiles: createProfileStore(database), objects: createRecordingObjects() });
  const person = async (facts: UserFacts = {}) => actorFor(await createUser(database.pool, facts));
  return {
    get database() {
      return database;
    },
    deps,
    person,
    host: (username: string) => person({ role: "host", username }),
    lookUp: (username: string) => getPublicProfile(deps(), { username }),
    /** Lets a name have been given up so many days ago. */
    daysAgo: (days: number, username: string) =>
      database.pool.query(
        "UPDATE former_usernames SET released_at = now() - $1 * interval '1 day' WHERE username = $2",
        [days, username],
      ),
  };
}
