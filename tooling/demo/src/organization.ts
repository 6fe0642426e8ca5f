import type { Dependencies } from "@parley/api/dependencies";
import { uuidv7 } from "uuidv7";
import logins from "../logins.json";

interface People {
  owner: string;
  admin: string;
  members: readonly string[];
}

/** An organization of the two people whose logins are known, some others, and one who is invited; once, however often it is asked for. */
export async function loadOrganization({ database }: Dependencies, { owner, admin, members }: People): Promise<void> {
  const { pool } = database;
  const id = logins.organization;
  await pool.query("INSERT INTO organizations (id, name) VALUES ($1, 'The Evening School') ON CONFLICT DO NOTHING", [
    id,
  ]);
  const people = [[owner, "owner"], [admin, "admin"], ...members.map((member) => [member, "member"])];
  await pool.query(
    `INSERT INTO memberships (organization_id, user_id, role)
     SELECT $1, user_id, role::organization_role FROM unnest($2::uuid[], $3::text[]) AS given(user_id, role)
     ON CONFLICT DO NOTHING`,
    [id, people.map(([person]) => person), people.map(([, role]) => role)],
  );
  // Nobody is mailed: the link is not what is shown.
  await pool.query(
    `INSERT INTO organization_invitations (id, organization_id, email, role, invited_by_id, expires_at)
     VALUES ($1, $2, 'newcomer@demo.parley.example', 'member', $3, now() + interval '7 days') ON CONFLICT DO NOTHING`,
    [uuidv7(), id, owner],
  );
}
