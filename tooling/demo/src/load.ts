import { createCaller } from "@parley/api";
import type { Dependencies } from "@parley/api/dependencies";
import { renderPortrait } from "@parley/avatar-image";
import { uuidv7 } from "uuidv7";
import logins from "../logins.json";
import { loadConversations } from "./conversations";
import { loadMessages } from "./messages";
import { loadOrganization } from "./organization";
import { type DemoHost, demoHosts } from "./people";
import { portrait } from "./portrait";

/** Printed by `npm start` and in the README: for a machine of one's own, never for a server that others reach. */
const { password: demoPassword, emails: demoLogins } = logins;

/** Loads the demo world once. @returns false where it is there already. */
export async function loadDemo(deps: Dependencies): Promise<boolean> {
  const { pool } = deps.database;
  const known = await pool.query("SELECT 1 FROM users WHERE email = $1", [demoLogins.administrator]);
  if (known.rowCount !== 0) return false;

  const passwordHash = await deps.auth.passwords.hash(demoPassword);
  const hosts: { id: string; username: string; role: "host" }[] = [];
  for (const [index, host] of demoHosts.entries()) {
    const isDemoLogin = host.username === "janesmith";
    const email = isDemoLogin ? demoLogins.host : `${host.username}@demo.parley.example`;
    const id = await insertHost(deps, host, email, isDemoLogin ? passwordHash : null, index % 3 !== 1);
    hosts.push({ id, username: host.username, role: "host" });
    await furnish(deps, id, host, index);
    if ((index + 1) % 15 === 0) console.log(`  ${index + 1} of ${demoHosts.length} hosts`);
  }
  await follow(
    deps,
    hosts.map(({ id }) => id),
  );
  await loadMessages(deps, hosts);
  const visitorId = await insertPerson(deps, demoLogins.visitor, "Demo Visitor", "verified_user", passwordHash);
  const host = hosts.find(({ username }) => username === "janesmith");
  if (host !== undefined) {
    const visitor = { id: visitorId, username: null, role: "verified_user" } as const;
    await loadOrganization(deps, { owner: host.id, admin: visitorId, members: hosts.slice(1, 7).map(({ id }) => id) });
    await loadConversations(deps, { host, visitor, others: hosts.filter((other) => other !== host) });
  }
  // The administrator last: their row says that all the others are there.
  await insertPerson(deps, demoLogins.administrator, "Demo Administrator", "admin", passwordHash);
  return true;
}

async function insertHost(
  deps: Dependencies,
  host: DemoHost,
  email: string,
  passwordHash: string | null,
  isAvailable: boolean,
) {
  const { rows } = await deps.database.pool.query<{ id: string }>(
    `INSERT INTO users (id, email, display_name, username, bio, role, email_verified_at, age_verified_at, is_available,
       rate_cents, window_size_minutes, payout_enabled, password_hash)
     VALUES ($1, $2, $3, $4, $5, 'host', now(), now(), $6, $7, $8, true, $9)
     -- A load that was interrupted goes on where it stopped.
     ON CONFLICT (email) DO UPDATE SET bio = EXCLUDED.bio RETURNING id`,
    [
      uuidv7(),
      email,
      host.displayName,
      host.username,
      host.bio,
      isAvailable,
      host.rateCents,
      host.windowSizeMinutes,
      passwordHash,
    ],
  );
  return rows[0]?.id ?? "";
}

/** The avatar and the hours go through the very procedures that people use. */
async function furnish(deps: Dependencies, userId: string, host: DemoHost, index: number): Promise<void> {
  const actor = { userId, role: "host" as const, sessionId: uuidv7(), scopes: ["*"] };
  const caller = createCaller({ actor, client: null, requestId: "demo", deps });
  const picture = await renderPortrait(portrait(index + 1));
  await caller.profile.replaceAvatar({
    avatar: new File([Buffer.from(picture)], "portrait.jpg", { type: "image/jpeg" }),
  });
  await caller.schedule.saveWeekly({ slots: host.slots });
}

/** Followers thin out along the list, as they do in life. */
async function follow({ database }: Dependencies, hostIds: readonly string[]): Promise<void> {
  const pairs = hostIds.flatMap((followed, index) => {
    const count = Math.floor(42 / (1 + index * 0.35)) + (index % 4);
    return hostIds
      .filter((follower) => follower !== followed)
      .slice(0, count)
      .map((follower) => [follower, followed] as const);
  });
  await database.pool.query(
    "INSERT INTO follows (follower_id, followed_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING",
    [pairs.map(([follower]) => follower), pairs.map(([, followed]) => followed)],
  );
}

async function insertPerson(
  deps: Dependencies,
  email: string,
  name: string,
  role: string,
  passwordHash: string,
): Promise<string> {
  const { rows } = await deps.database.pool.query<{ id: string }>(
    `INSERT INTO users (id, email, display_name, role, email_verified_at, password_hash)
     VALUES ($1, $2, $3, $4, now(), $5)
     ON CONFLICT (email) DO UPDATE SET display_name = EXCLUDED.display_name RETURNING id`,
    [uuidv7(), email, name, role, passwordHash],
  );
  return rows[0]?.id ?? "";
}
