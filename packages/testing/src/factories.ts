import { randomUUID } from "node:crypto";
import type { Pool } from "pg";

/** What a test may want to be true of a person; whatever it leaves out is made up. */
export interface UserFacts {
  role?: "user" | "verified_user" | "host" | "admin";
  email?: string;
  displayName?: string;
  username?: string | null;
  bio?: string | null;
  avatarKey?: string | null;
  isEmailVerified?: boolean;
  isAgeVerified?: boolean;
  isAvailable?: boolean;
  rateCents?: number | null;
  windowSizeMinutes?: number | null;
}

export interface TestUser {
  id: string;
  email: string;
  username: string | null;
  role: NonNullable<UserFacts["role"]>;
}

/** Inserts a person who is complete for their role: a host has a username, a rate and a window. */
export async function createUser(pool: Pool, facts: UserFacts = {}): Promise<TestUser> {
  const role = facts.role ?? "user";
  const isHost = role === "host";
  const word = randomUUID().replaceAll("-", "").slice(0, 20);
  const { rows } = await pool.query<TestUser>(
    `INSERT INTO users (id, email, role, display_name, username, bio, avatar_key, email_verified_at, age_verified_at,
       is_available, rate_cents, window_size_minutes)
     VALUES (uuidv7(), $1, $2::role, $3, $4, $5, $6, CASE WHEN $7::boolean THEN now() END,
       CASE WHEN $8::boolean THEN now() END, $9, $10, $11)
     RETURNING id, email, username, role::text AS role`,
    [
      facts.email ?? `${word}@example.test`,
      role,
      facts.displayName ?? "Jane Smith",
      facts.username === undefined && isHost ? `host-${word}` : (facts.username ?? null),
      facts.bio ?? null,
      facts.avatarKey ?? null,
      facts.isEmailVerified ?? role !== "user",
      facts.isAgeVerified ?? isHost,
      facts.isAvailable ?? false,
      facts.rateCents === undefined && isHost ? 250 : (facts.rateCents ?? null),
      facts.windowSizeMinutes === undefined && isHost ? 10 : (facts.windowSizeMinutes ?? null),
    ],
  );
  const [user] = rows;
  if (user === undefined) throw new Error("the insert returned no row");
  return user;
}

/** The person as procedures meet them: signed in, in a session of which no row exists. */
export function actorFor({ id, role }: Pick<TestUser, "id" | "role">) {
  return { userId: id, role, sessionId: randomUUID(), scopes: ["*"] };
}

/** What a test may want to be true of how a host can be booked; whatever it leaves out hinders nobody. */
export interface BookableFacts extends UserFacts {
  timezone?: string;
  durationsMinutes?: number[];
  stepMinutes?: number;
  bufferBeforeMinutes?: number;
  bufferAfterMinutes?: number;
  minimumNoticeMinutes?: number;
  windowDays?: number;
  maxPerDay?: number | null;
  requiresConsent?: boolean;
  /** Minutes of every day of the week; all, by default. */
  hours?: [startMinute: number, endMinute: number];
}

/** Inserts a host who keeps the same hours every day: a half hour can be booked at any full or half hour. */
export async function createBookableHost(pool: Pool, facts: BookableFacts = {}): Promise<TestUser> {
  const host = await createUser(pool, { role: "host", ...facts });
  const [startMinute, endMinute] = facts.hours ?? [0, 1440];
  await pool.query(
    `WITH kept AS (INSERT INTO schedules (id, user_id, timezone) VALUES (uuidv7(), $1, $2) RETURNING id)
     INSERT INTO weekly_slots (schedule_id, day_of_week, start_minute, end_minute)
     SELECT id, day, $3, $4 FROM kept, generate_series(0, 6) AS day`,
    [host.id, facts.timezone ?? "UTC", startMinute, endMinute],
  );
  await pool.query(
    `INSERT INTO booking_rules (host_id, durations_minutes, step_minutes, buffer_before_minutes, buffer_after_minutes,
       minimum_notice_minutes, window_days, max_per_day, requires_consent)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      host.id,
      facts.durationsMinutes ?? [30, 60],
      facts.stepMinutes ?? 30,
      facts.bufferBeforeMinutes ?? 0,
      facts.bufferAfterMinutes ?? 0,
      facts.minimumNoticeMinutes ?? 0,
      facts.windowDays ?? 60,
      facts.maxPerDay ?? null,
      facts.requiresConsent ?? false,
    ],
  );
  return host;
}

/** What a test may want to be true of a message; whatever it leaves out is made up. */
export interface MessageFacts {
  content?: string;
  visibility?: "public" | "private";
  /** The newest is read first. */
  minutesAgo?: number;
}

/** Inserts a message as if its author had posted it. */
export async function createMessage(pool: Pool, authorId: string, facts: MessageFacts = {}): Promise<{ id: string }> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO messages (id, author_id, content, visibility, created_at)
     VALUES (uuidv7(), $1, $2, $3::visibility, now() - make_interval(mins => $4)) RETURNING id`,
    [authorId, facts.content ?? "A few words", facts.visibility ?? "public", facts.minutesAgo ?? 0],
  );
  const [message] = rows;
  if (message === undefined) throw new Error("the insert returned no row");
  return message;
}
