import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect } from "vitest";
import { textAt } from "./calls";
import { callOver } from "./over-http";
import { type Colour, pngOf } from "./picture";

/** Somebody who registered with a process under test. */
export interface Member {
  /** ULID. */
  id: string;
  email: string;
  token: string;
  refreshToken: string;
}

export const password = "correct horse battery";

export async function register(url: string): Promise<Member> {
  const email = `${randomUUID()}@example.test`;
  const json = { email, password, display_name: "Jane Smith" };
  const answer = await callOver(url, "POST /v1/auth/register", { json });
  expect(answer.status, answer.body).toBe(201);
  return {
    id: textAt(answer.json, "user.id"),
    email,
    token: textAt(answer.json, "access_token"),
    refreshToken: textAt(answer.json, "refresh_token"),
  };
}

/** Makes a member a host without the way that leads there. @returns the username. */
export async function makeHost(databaseUrl: string, { email }: Member): Promise<string> {
  const username = `host-${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  await sql(
    databaseUrl,
    `UPDATE users SET role = 'host', username = $2, rate_cents = 250, window_size_minutes = 10,
       email_verified_at = now(), age_verified_at = now() WHERE email = $1`,
    [email, username],
  );
  return username;
}

/** One statement, over a connection of its own. */
export async function sql<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export const avatarForm = (colour: Colour) => [
  { name: "avatar", fileName: "avatar.png", type: "image/png", bytes: pngOf(colour) },
];

/** @returns the address that the avatar is served at. */
export async function uploadAvatar(url: string, { token }: Member, colour: Colour): Promise<string> {
  const answer = await callOver(url, "PUT /v1/users/me/avatar", { token, form: avatarForm(colour) });
  expect(answer.status, answer.body).toBe(200);
  return textAt(answer.json, "avatar_url");
}
