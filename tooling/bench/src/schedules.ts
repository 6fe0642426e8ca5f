import pg from "pg";

/** A host with 5,000 bookings on record, one of them every hour for four months past and three to come. */
export const busyHost = "host-1";
/** Hosts who keep hours; among them who is free is asked. */
const hostsWithHours = 1_000;
/** Hosts who are always there, for as many bookings as can be made; and as many more for the bare insert. */
export const openHosts = 50;

/** Hours, rules and bookings for some of the hosts that are there already. */
export async function seedSchedules(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    INSERT INTO schedules (id, user_id, timezone)
    SELECT gen_random_uuid(), id, (ARRAY['America/New_York','Europe/London','Asia/Tokyo','Australia/Sydney',
      'Europe/Berlin','Asia/Kolkata','America/Sao_Paulo','UTC'])[1 + n % 8]
    FROM (SELECT id, substr(username, 6)::int AS n FROM users WHERE username ~ '^host-[0-9]+$') h
    WHERE n <= ${hostsWithHours}`);
  await client.query(`
    INSERT INTO weekly_slots (schedule_id, day_of_week, start_minute, end_minute)
    SELECT id, day, start, start + 210 FROM schedules, generate_series(1, 5) AS day, unnest(ARRAY[540, 780]) AS start`);
  await client.query(`
    INSERT INTO schedules (id, user_id)
    SELECT gen_random_uuid(), id FROM users WHERE username IN (SELECT 'host-' || 2000 + n FROM generate_series(0, ${openHosts - 1}) AS n)`);
  await client.query(`
    INSERT INTO weekly_slots (schedule_id, day_of_week, start_minute, end_minute)
    SELECT s.id, day, 0, 1440 FROM schedules s JOIN users u ON u.id = s.user_id, generate_series(0, 6) AS day
    WHERE u.username ~ '^host-20[0-9]{2}$'`);
  await book(client, `u.username = '${busyHost}'`, 5_000, "'1 hour'", "'120 days'");
  await book(client, `u.username ~ '^host-[0-9]{2,3}$'`, 10, "'75 hours'", "'0 days'");
  await client.query("VACUUM ANALYZE");
  await client.end();
}

/** Half an hour, so many times, at a distance from one another, beginning some time ago, for the hosts of a condition. */
async function book(client: pg.Client, hosts: string, count: number, apart: string, ago: string): Promise<void> {
  await client.query(`
    WITH wanted AS (
      SELECT gen_random_uuid() AS id, u.id AS host_id, (SELECT id FROM users WHERE username = 'host-9999') AS caller_id,
        date_trunc('hour', now()) - ${ago}::interval + n * ${apart}::interval AS start
      FROM users u, generate_series(1, ${count}) AS n WHERE ${hosts}
    ), booked AS (
      INSERT INTO bookings (id, host_id, caller_id, status, starts_at, ends_at, rate_cents, price_cents)
      SELECT id, host_id, caller_id, 'confirmed', start, start + interval '30 minutes', 250, 7500 FROM wanted
    )
    INSERT INTO reserved_times (id, user_id, during, hosted_from, booking_id)
    SELECT gen_random_uuid(), host_id, tstzrange(start, start + interval '30 minutes'), start, id FROM wanted`);
}
