import { createMessage } from "@parley/testing/factories";
import { openProduct, type Product } from "@parley/testing/product";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Dependencies, openDependencies } from "../../dependencies";
import { createTasks } from "../../worker";
import { exportData } from "./service";

let product: Product<Dependencies>;
beforeAll(async () => {
  product = await openProduct({ openDependencies, createTasks });
});
afterAll(() => product.close());

test("tells everything that is kept of a person, the picture included, and no secret", async () => {
  const ann = await product.person(
    { role: "host", username: "ann-exports", bio: "Listens" },
    { password: "secret words" },
  );
  const bob = await product.person();
  const { sql } = product;
  const key = `avatars/${ann.id}/one.jpg`;
  await product.deps.objects.put(key, Buffer.from("a picture"), { contentType: "image/jpeg" });
  await sql("UPDATE users SET avatar_key = $2 WHERE id = $1", [ann.id, key]);
  await sql("INSERT INTO personal_details (user_id, city, birth_date) VALUES ($1, 'Kassel', '1990-05-15')", [ann.id]);
  await sql(
    `WITH o AS (INSERT INTO organizations (id, name) VALUES (uuidv7(), 'Bakers') RETURNING id)
     INSERT INTO memberships SELECT id, $1, 'owner' FROM o`,
    [ann.id],
  );
  await sql("INSERT INTO follows (follower_id, followed_id) VALUES ($1, $2)", [ann.id, bob.id]);
  await sql("INSERT INTO preferences (user_id, theme) VALUES ($1, 'dark')", [ann.id]);
  await createMessage(product.deps.database.pool, ann.id, { content: "For myself", visibility: "private" });
  await createMessage(product.deps.database.pool, bob.id, { content: "Not hers" });
  await sql("INSERT INTO devices (id, user_id, token, platform) VALUES (uuidv7(), $1, 'secret token', 'ios')", [
    ann.id,
  ]);
  await sql(
    `INSERT INTO identities (id, user_id, provider, subject, provider_username, sealed_tokens)
     VALUES (uuidv7(), $1, 'github', '1', 'ann-elsewhere', 'secret tokens')`,
    [ann.id],
  );
  await sql(
    `INSERT INTO api_tokens (id, user_id, name, token_hash, hint, scopes)
     VALUES (uuidv7(), $1, 'Backup', 'secret digest', 'abcd', '{profile:read}')`,
    [ann.id],
  );
  await sql(
    `INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents, note)
     VALUES (uuidv7(), $1, $2, 'confirmed', now(), now() + interval '1 hour', 100, 6000, 'About bread')`,
    [ann.id, bob.id],
  );

  const { bytes, contentType } = await exportData(product.deps, ann.actor);
  const text = Buffer.from(bytes).toString();
  expect(contentType).toBe("application/json");
  expect(JSON.parse(text)).toMatchObject({
    ...{ id: ann.id, email: ann.email, username: "ann-exports", bio: "Listens" },
    personalDetails: { city: "Kassel", birthDate: "1990-05-15T00:00:00.000Z" },
    hostedBookings: [{ note: "About bread", priceCents: 6000, caller: { displayName: "Jane Smith" } }],
    following: [{ followed: { displayName: "Jane Smith" } }],
    preferences: { theme: "dark", messagesPerPage: 20 },
    messages: [{ content: "For myself", visibility: "private" }],
    memberships: [{ role: "owner", organization: { name: "Bakers" } }],
    devices: [{ platform: "ios" }],
    identities: [{ provider: "github", providerUsername: "ann-elsewhere" }],
    apiTokens: [{ name: "Backup", hint: "abcd", scopes: ["profile:read"], expiresAt: null }],
    sessions: [{ endedAt: null }],
    avatar: { contentType: "image/jpeg", base64: Buffer.from("a picture").toString("base64") },
  });
  expect(text).not.toContain("secret");
  expect(text).not.toContain("$argon2");
  expect(text).not.toContain(bob.email);
  expect(text).not.toContain("Not hers");
});

test("is for those whose account is there", async () => {
  const ann = await product.person();
  await product.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [ann.id]);
  await expect(exportData(product.deps, ann.actor)).rejects.toMatchObject({ code: "unauthorized" });
});
