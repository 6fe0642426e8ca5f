import { createServer } from "node:http";
import Fastify from "fastify";
import { createRemoteJWKSet, jwtVerify } from "jose";
import pg from "pg";
import sharp from "sharp";

/**
 * The bare peers, each what a careful hand would write for one route and nothing else. Run as
 * `tsx peers.ts <name> <port>` with `DATABASE_URL`, `JWKS_URL` and, for `constant`, `ANSWER` in the environment.
 */
const [name, port] = [process.argv[2], Number(process.argv[3])];
const columns = `id, email, display_name, username, bio, avatar_key, role::text, email_verified_at IS NOT NULL AS email_verified,
  age_verified_at IS NOT NULL AS is_age_verified, is_available, rate_cents, window_size_minutes, payout_enabled, created_at`;

if (name === "constant") serveConstant();
else if (name === "fastify") await serveFastify();
else if (name === "sharp") await serveSharp();
else throw new Error(`no such peer: ${name}`);

function serveConstant(): void {
  const { headers, body } = JSON.parse(process.env.ANSWER ?? "{}") as { headers: Record<string, string>; body: string };
  const bytes = Buffer.from(body);
  createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(bytes);
  }).listen(port, "127.0.0.1");
}

async function serveFastify(): Promise<void> {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
  const keys = createRemoteJWKSet(new URL(process.env.JWKS_URL ?? ""));
  const app = Fastify();
  const userOf = async (authorization: string | undefined) => {
    const { payload } = await jwtVerify(authorization?.slice("Bearer ".length) ?? "", keys, { algorithms: ["RS256"] });
    return payload.email;
  };
  app.get("/v1/users/me", async (request) => {
    const email = await userOf(request.headers.authorization);
    const { rows } = await pool.query({
      name: "me",
      text: `SELECT ${columns} FROM users WHERE email = $1`,
      values: [email],
    });
    return toWire(rows[0]);
  });
  app.put<{ Body: { display_name?: string; bio?: string } }>("/v1/users/me", async (request) => {
    const email = await userOf(request.headers.authorization);
    const { rows } = await pool.query({
      name: "update",
      text: `UPDATE users SET display_name = coalesce($2, display_name), bio = coalesce($3, bio) WHERE email = $1 RETURNING ${columns}`,
      values: [email, request.body.display_name, request.body.bio],
    });
    return toWire(rows[0]);
  });
  await app.listen({ port, host: "127.0.0.1" });
}

/** The same picture through sharp alone: bytes in, bytes out, with no form, no store and no row. */
async function serveSharp(): Promise<void> {
  sharp.cache(false);
  createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const picture = sharp(Buffer.concat(chunks)).rotate().resize(512, 512, { fit: "cover" }).jpeg({ quality: 82 });
      picture.toBuffer().then(
        (bytes) => response.end(bytes),
        () => response.writeHead(500).end(),
      );
    });
  }).listen(port, "127.0.0.1");
}

interface Row {
  id: string;
  email: string;
  display_name: string;
  username: string | null;
  bio: string | null;
  avatar_key: string | null;
  role: string;
  email_verified: boolean;
  is_age_verified: boolean;
  is_available: boolean;
  rate_cents: number | null;
  window_size_minutes: number | null;
  payout_enabled: boolean;
  created_at: Date;
}

function toWire({ avatar_key, rate_cents, created_at, ...row }: Row) {
  return {
    ...row,
    avatar_url: avatar_key,
    rate_per_minute: rate_cents === null ? null : (rate_cents / 100).toFixed(2),
    created_at: `${created_at.toISOString().slice(0, 19)}Z`,
  };
}
