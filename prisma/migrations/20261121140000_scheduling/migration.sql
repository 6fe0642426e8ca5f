CREATE TYPE "booking_status" AS ENUM (
    'requested', 'confirmed', 'declined', 'cancelled', 'expired', 'completed', 'no_show'
);
CREATE TYPE "booking_party" AS ENUM ('host', 'caller');

-- Dates with hours of their own -----------------------------------------------------------------------------------
-- A date without slots is closed. Dates are local dates of the schedule's zone.

CREATE TABLE "date_overrides" (
    "schedule_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    CONSTRAINT "date_overrides_pkey" PRIMARY KEY ("schedule_id", "date"),
    CONSTRAINT "date_overrides_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "override_slots" (
    "schedule_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "start_minute" SMALLINT NOT NULL,
    "end_minute" SMALLINT NOT NULL,
    CONSTRAINT "override_slots_pkey" PRIMARY KEY ("schedule_id", "date", "start_minute"),
    CONSTRAINT "override_slots_schedule_id_date_fkey" FOREIGN KEY ("schedule_id", "date") REFERENCES "date_overrides" ("schedule_id", "date") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "override_slots_minutes" CHECK (0 <= "start_minute" AND "start_minute" < "end_minute" AND "end_minute" <= 1440),
    CONSTRAINT "override_slots_do_not_overlap" EXCLUDE USING gist (
        "schedule_id" WITH =,
        "date" WITH =,
        int4range("start_minute", "end_minute") WITH &&
    )
);

-- How a host may be booked ----------------------------------------------------------------------------------------

CREATE TABLE "booking_rules" (
    "host_id" UUID NOT NULL,
    "durations_minutes" INTEGER[] NOT NULL,
    "step_minutes" INTEGER NOT NULL,
    "buffer_before_minutes" INTEGER NOT NULL,
    "buffer_after_minutes" INTEGER NOT NULL,
    "minimum_notice_minutes" INTEGER NOT NULL,
    "window_days" INTEGER NOT NULL,
    "max_per_day" INTEGER,
    "requires_consent" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "booking_rules_pkey" PRIMARY KEY ("host_id"),
    CONSTRAINT "booking_rules_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "booking_rules_bounds" CHECK (
        cardinality("durations_minutes") BETWEEN 1 AND 10
        AND 5 <= ALL ("durations_minutes") AND 480 >= ALL ("durations_minutes")
        AND "step_minutes" BETWEEN 5 AND 480
        AND "buffer_before_minutes" BETWEEN 0 AND 480
        AND "buffer_after_minutes" BETWEEN 0 AND 480
        AND "minimum_notice_minutes" BETWEEN 0 AND 43200
        AND "window_days" BETWEEN 1 AND 365
        AND "max_per_day" BETWEEN 1 AND 100
    )
);

-- Bookings --------------------------------------------------------------------------------------------------------

CREATE TABLE "bookings" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "caller_id" UUID NOT NULL,
    "status" "booking_status" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    -- The IANA zone in which its caller saw it when they booked, where it is known: for the mails.
    "caller_timezone" TEXT,
    -- Frozen at booking: what a minute and the whole cost then.
    "rate_cents" INTEGER NOT NULL,
    "price_cents" INTEGER NOT NULL,
    -- Who declined or cancelled, and why.
    "ended_by" "booking_party",
    "reason" TEXT,
    -- Of the calendar entry; raised by what changes it.
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "bookings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "bookings_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "bookings_caller_id_fkey" FOREIGN KEY ("caller_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "bookings_of_two" CHECK ("host_id" <> "caller_id"),
    CONSTRAINT "bookings_times" CHECK ("starts_at" < "ends_at"),
    CONSTRAINT "bookings_caller_timezone_length" CHECK (char_length("caller_timezone") <= 64),
    CONSTRAINT "bookings_note_length" CHECK (char_length("note") <= 1000),
    CONSTRAINT "bookings_reason_length" CHECK (char_length("reason") <= 500),
    CONSTRAINT "bookings_ended_by_somebody" CHECK (("status" IN ('declined', 'cancelled')) = ("ended_by" IS NOT NULL))
);
CREATE INDEX "bookings_host_id_starts_at_idx" ON "bookings" ("host_id", "starts_at");
CREATE INDEX "bookings_caller_id_starts_at_idx" ON "bookings" ("caller_id", "starts_at");
-- For the job that settles what has passed.
CREATE INDEX "bookings_open_ends_at" ON "bookings" ("ends_at") WHERE "status" IN ('requested', 'confirmed');

-- What the people of a booking are still to be told. It is written with the change itself and becomes a job right after:
-- ordering a job announces it, and PostgreSQL lets those who announce something commit one after the other.
CREATE TABLE "booking_notices" (
    "booking_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "news" TEXT NOT NULL,
    CONSTRAINT "booking_notices_pkey" PRIMARY KEY ("booking_id", "sequence"),
    CONSTRAINT "booking_notices_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A place kept for five minutes while its visitor signs in or writes; the holder is null until known.
CREATE TABLE "holds" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "holder_id" UUID,
    -- Where an unknown visitor sits (an address, or an IPv6 subscriber's block), since nobody may keep every place.
    "held_from" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "holds_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "holds_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "holds_holder_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "holds_times" CHECK ("starts_at" < "ends_at")
);
CREATE INDEX "holds_host_id_idx" ON "holds" ("host_id");
CREATE INDEX "holds_holder_id_idx" ON "holds" ("holder_id");
CREATE INDEX "holds_held_from_idx" ON "holds" ("held_from");
CREATE INDEX "holds_expires_at_idx" ON "holds" ("expires_at");

-- The one guard against double booking: whose time is taken, and when. A live booking takes its host's time, buffers
-- included, and its caller's without them; a hold takes its host's, buffers included. What ends a booking deletes these.
CREATE TABLE "reserved_times" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "during" TSTZRANGE NOT NULL,
    -- The start of the conversation where the time is its host's, for the most a day; null for a caller's.
    "hosted_from" TIMESTAMPTZ(3),
    "booking_id" UUID,
    "hold_id" UUID,
    -- Of the hold; null for a booking. An expired one counts no more, and is deleted before its time is asked for.
    "expires_at" TIMESTAMPTZ(3),
    CONSTRAINT "reserved_times_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reserved_times_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "reserved_times_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "reserved_times_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "holds" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "reserved_times_by_one" CHECK (num_nonnulls("booking_id", "hold_id") = 1),
    CONSTRAINT "reserved_times_expire_with_holds" CHECK (("hold_id" IS NULL) = ("expires_at" IS NULL)),
    CONSTRAINT "reserved_times_do_not_overlap" EXCLUDE USING gist ("user_id" WITH =, "during" WITH &&)
);
CREATE INDEX "reserved_times_booking_id_idx" ON "reserved_times" ("booking_id");
CREATE INDEX "reserved_times_hold_id_idx" ON "reserved_times" ("hold_id");

-- Calendars -------------------------------------------------------------------------------------------------------

-- The secret address under which one party's bookings can be subscribed to.
CREATE TABLE "calendar_feeds" (
    "user_id" UUID NOT NULL,
    "party" "booking_party" NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "sealed_token" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("user_id", "party"),
    CONSTRAINT "calendar_feeds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "calendar_feeds_token_hash_key" ON "calendar_feeds" ("token_hash");

-- Calendars kept elsewhere, whose busy times close openings. Their addresses are secrets.
CREATE TABLE "external_calendars" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sealed_url" BYTEA NOT NULL,
    "url_hash" BYTEA NOT NULL,
    "etag" TEXT,
    -- When its busy times were last written out, and the zone in which its dates were meant then.
    "read_at" TIMESTAMPTZ(3),
    "timezone" TEXT,
    -- The last good copy, and the failure since then.
    "fetched_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "external_calendars_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "external_calendars_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "external_calendars_name_length" CHECK (char_length("name") BETWEEN 1 AND 80)
);
CREATE UNIQUE INDEX "external_calendars_user_id_url_hash_key" ON "external_calendars" ("user_id", "url_hash");

CREATE TABLE "external_busy_times" (
    "id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "during" TSTZRANGE NOT NULL,
    CONSTRAINT "external_busy_times_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "external_busy_times_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "external_calendars" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "external_busy_times_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "external_busy_times_user_id_during" ON "external_busy_times" USING gist ("user_id", "during");
CREATE INDEX "external_busy_times_calendar_id_idx" ON "external_busy_times" ("calendar_id");

-- Notifications ---------------------------------------------------------------------------------------------------

CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    -- What it tells of: the same is told once, whoever tries again.
    "cause" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    -- Of the mail that tells the same, where one does: when a worker last began to send it, and when it was taken.
    "mail_claimed_at" TIMESTAMPTZ(3),
    "mailed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "notifications_user_id_cause_key" ON "notifications" ("user_id", "cause");
CREATE INDEX "notifications_user_id_created_at_idx" ON "notifications" ("user_id", "created_at" DESC);
-- The count in the header of every page.
CREATE INDEX "notifications_unread" ON "notifications" ("user_id") WHERE "read_at" IS NULL;
