import pg from "pg";

const people = 100_000;

/** 100,000 hosts with names and bios of common words, some of them followed; planned for as in production. */
export async function seed(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    INSERT INTO users (id, email, display_name, username, bio, role, email_verified_at, age_verified_at, is_available, rate_cents, window_size_minutes)
    SELECT
      -- Version and variant bits of a UUIDv7, the rest from the number: ordered by time, as real ids are.
      (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid,
      'host' || n || '@bench.example',
      (ARRAY['Ada','Ben','Chloe','Dara','Emil','Fay','Goran','Hana','Ivo','June','Kofi','Lena','Milo','Nia','Otis','Pia','Quinn','Rosa','Sven','Tara'])[1 + n % 20]
        || ' ' || (ARRAY['Abara','Berg','Costa','Dahl','Evans','Fuchs','Garcia','Haas','Ito','Jansen','Kim','Lopez','Moreau','Novak','Okafor','Petrov','Quist','Rossi','Silva','Tanaka'])[1 + (n / 20) % 20],
      'host-' || n,
      'I help with ' || (ARRAY['career changes','first novels','chess openings','sleep','grant writing','salary talks','Spanish','marathons','pottery','tax returns','public speaking','gardens','piano','startups','grief','maths','photography','parenting','design','moving abroad'])[1 + (n / 7) % 20]
        || ' and ' || (ARRAY['focus','confidence','planning','habits','feedback','courage','clarity','patience','momentum','rest'])[1 + (n / 3) % 10] || '.',
      'host', now(), now(), n % 3 = 0, 50 + (n * 37) % 5000, 1 + n % 60
    FROM generate_series(1, ${people}) AS n`);
  await client.query(`
    INSERT INTO follows (follower_id, followed_id)
    SELECT f.id, h.id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM users LIMIT 2000) f
    CROSS JOIN LATERAL (SELECT id FROM users WHERE username = 'host-' || (f.n % 100 + 1)) h
    WHERE f.id <> h.id`);
  await client.query("VACUUM ANALYZE");
  await client.end();
}

/** Turns a freshly registered account into a complete host. */
export async function promote(url: string, email: string, username: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `UPDATE users SET role = 'host', username = $2, rate_cents = 250, window_size_minutes = 10, email_verified_at = now(),
       age_verified_at = now(), bio = 'Life coach and productivity consultant' WHERE email = $1`,
    [email, username],
  );
  await client.end();
}
