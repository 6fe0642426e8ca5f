CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TYPE "role" AS ENUM ('user', 'verified_user', 'host', 'admin');
CREATE TYPE "email_token_purpose" AS ENUM ('verify_email', 'reset_password');
CREATE TYPE "age_verification_status" AS ENUM ('pending', 'verified', 'rejected');
CREATE TYPE "device_platform" AS ENUM ('ios', 'android', 'web');

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified_at" TIMESTAMPTZ(3),
    "password_hash" TEXT,
    "role" "role" NOT NULL DEFAULT 'user',
    "display_name" TEXT NOT NULL,
    "username" TEXT,
    "bio" TEXT,
    "avatar_key" TEXT,
    "age_verified_at" TIMESTAMPTZ(3),
    "is_available" BOOLEAN NOT NULL DEFAULT false,
    "rate_cents" INTEGER,
    "window_size_minutes" INTEGER,
    "payout_enabled" BOOLEAN NOT NULL DEFAULT false,
    "follower_count" INTEGER NOT NULL DEFAULT 0,
    "search_text" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    -- Unique "in any case" because only one case can be stored.
    CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email") AND length("email") <= 254),
    CONSTRAINT "users_username_grammar" CHECK ("username" ~ '^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$'),
    CONSTRAINT "users_display_name_length" CHECK (char_length("display_name") BETWEEN 1 AND 80),
    CONSTRAINT "users_bio_length" CHECK (char_length("bio") <= 500),
    CONSTRAINT "users_rate_bounds" CHECK ("rate_cents" BETWEEN 50 AND 99999),
    CONSTRAINT "users_window_bounds" CHECK ("window_size_minutes" BETWEEN 1 AND 60),
    CONSTRAINT "users_host_is_complete" CHECK (
        "role" <> 'host'
        OR ("username" IS NOT NULL AND "rate_cents" IS NOT NULL AND "window_size_minutes" IS NOT NULL)
    ),
    CONSTRAINT "users_only_hosts_are_available" CHECK (NOT "is_available" OR "role" = 'host')
);
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
CREATE UNIQUE INDEX "users_username_key" ON "users" ("username");

-- The directory: available hosts first, then by age, rate or followers, words anywhere in name, username and bio.
CREATE INDEX "users_hosts_newest" ON "users" ("is_available" DESC, "id" DESC)
    WHERE "role" = 'host' AND "deleted_at" IS NULL;
CREATE INDEX "users_hosts_by_rate" ON "users" ("is_available" DESC, "rate_cents", "id" DESC)
    WHERE "role" = 'host' AND "deleted_at" IS NULL;
CREATE INDEX "users_hosts_by_rate_desc" ON "users" ("is_available" DESC, "rate_cents" DESC, "id" DESC)
    WHERE "role" = 'host' AND "deleted_at" IS NULL;
CREATE INDEX "users_hosts_by_followers" ON "users" ("is_available" DESC, "follower_count" DESC, "id" DESC)
    WHERE "role" = 'host' AND "deleted_at" IS NULL;
CREATE INDEX "users_hosts_search" ON "users" USING gin ("search_text" gin_trgm_ops)
    WHERE "role" = 'host' AND "deleted_at" IS NULL;

CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_agent" TEXT,
    "ip" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "sessions_user_id_idx" ON "sessions" ("user_id");
CREATE INDEX "sessions_expires_at_idx" ON "sessions" ("expires_at");

CREATE TABLE "refresh_tokens" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3),
    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "refresh_tokens_token_hash_key" ON "refresh_tokens" ("token_hash");
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens" ("session_id");
CREATE INDEX "refresh_tokens_expires_at_idx" ON "refresh_tokens" ("expires_at");

CREATE TABLE "email_tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" "email_token_purpose" NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "email_tokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "email_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "email_tokens_token_hash_key" ON "email_tokens" ("token_hash");
CREATE INDEX "email_tokens_user_id_idx" ON "email_tokens" ("user_id");
CREATE INDEX "email_tokens_expires_at_idx" ON "email_tokens" ("expires_at");

CREATE TABLE "signing_keys" (
    "kid" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retires_at" TIMESTAMPTZ(3),
    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("kid")
);

CREATE TABLE "former_usernames" (
    "username" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "released_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "former_usernames_pkey" PRIMARY KEY ("username"),
    CONSTRAINT "former_usernames_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "former_usernames_user_id_idx" ON "former_usernames" ("user_id");

-- Hosts ----------------------------------------------------------------------------------------------------------

CREATE TABLE "age_verifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" "age_verification_status" NOT NULL DEFAULT 'pending',
    "birth_date" DATE NOT NULL,
    "document_key" TEXT,
    "document_type" TEXT NOT NULL,
    "reason" TEXT,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    CONSTRAINT "age_verifications_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "age_verifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "age_verifications_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    -- A decided request keeps no document.
    CONSTRAINT "age_verifications_document_while_pending" CHECK (("status" = 'pending') = ("document_key" IS NOT NULL))
);
CREATE INDEX "age_verifications_user_id_submitted_at_idx" ON "age_verifications" ("user_id", "submitted_at" DESC);
CREATE INDEX "age_verifications_status_submitted_at_idx" ON "age_verifications" ("status", "submitted_at");
CREATE UNIQUE INDEX "age_verifications_one_pending" ON "age_verifications" ("user_id") WHERE "status" = 'pending';

CREATE TABLE "schedules" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "schedules_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "schedules_user_id_key" ON "schedules" ("user_id");

CREATE TABLE "weekly_slots" (
    "schedule_id" UUID NOT NULL,
    "day_of_week" SMALLINT NOT NULL,
    "start_minute" SMALLINT NOT NULL,
    "end_minute" SMALLINT NOT NULL,
    CONSTRAINT "weekly_slots_pkey" PRIMARY KEY ("schedule_id", "day_of_week", "start_minute"),
    CONSTRAINT "weekly_slots_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "weekly_slots_day_of_week" CHECK ("day_of_week" BETWEEN 0 AND 6),
    CONSTRAINT "weekly_slots_minutes" CHECK (0 <= "start_minute" AND "start_minute" < "end_minute" AND "end_minute" <= 1440),
    -- Half-open ranges: 09:00-12:00 and 12:00-14:00 touch and do not overlap.
    CONSTRAINT "weekly_slots_do_not_overlap" EXCLUDE USING gist (
        "schedule_id" WITH =,
        "day_of_week" WITH =,
        int4range("start_minute", "end_minute") WITH &&
    )
);

-- Directory and devices ------------------------------------------------------------------------------------------

CREATE TABLE "follows" (
    "follower_id" UUID NOT NULL,
    "followed_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "follows_pkey" PRIMARY KEY ("follower_id", "followed_id"),
    CONSTRAINT "follows_follower_id_fkey" FOREIGN KEY ("follower_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "follows_followed_id_fkey" FOREIGN KEY ("followed_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "follows_not_oneself" CHECK ("follower_id" <> "followed_id")
);
CREATE INDEX "follows_followed_id_created_at_idx" ON "follows" ("followed_id", "created_at" DESC);
CREATE INDEX "follows_follower_id_created_at_idx" ON "follows" ("follower_id", "created_at" DESC);

CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "platform" "device_platform" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "devices_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "devices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Over a digest, because a long token does not fit into an index entry, wrapped, because convert_to() is only "stable"
-- for the sake of databases that are not in UTF-8.
CREATE FUNCTION "device_token_digest"("token" TEXT) RETURNS BYTEA LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN sha256(convert_to("token", 'UTF8'));
CREATE UNIQUE INDEX "devices_token_key" ON "devices" ("device_token_digest"("token"));
CREATE INDEX "devices_user_id_created_at_idx" ON "devices" ("user_id", "created_at");

-- Idempotency ----------------------------------------------------------------------------------------------------

CREATE TABLE "idempotency_records" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "status" INTEGER,
    "sealed_answer" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("scope", "key")
);
CREATE INDEX "idempotency_records_expires_at_idx" ON "idempotency_records" ("expires_at");

-- Versions: whatever changes a user changes the version, so that no writer can forget it. --------------------------
-- But for followers: what others do must not make a person's own next save stale.

CREATE FUNCTION "users_touch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER "users_touch" BEFORE UPDATE ON "users"
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* AND OLD.follower_count = NEW.follower_count)
    EXECUTE FUNCTION "users_touch"();

-- What the directory searches, kept ready: lower-casing every biography at every search costs five times the search.
-- (A generated column would do, but BEFORE triggers cannot compare whole rows that have one.)

CREATE FUNCTION "users_search_text"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search_text := lower(concat_ws(' ', NEW.display_name, NEW.username, NEW.bio));
    RETURN NEW;
END $$;
CREATE TRIGGER "users_search_text" BEFORE INSERT OR UPDATE OF "display_name", "username", "bio", "search_text" ON "users"
    FOR EACH ROW EXECUTE FUNCTION "users_search_text"();

-- Usernames: a released one is kept for its owner for 90 days. ------------------------------------------------------
-- An AFTER trigger, because only after the unique index has waited for a concurrent owner does a fresh snapshot
-- show the name that owner has just released.

CREATE FUNCTION "users_username_history"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.username IS NOT NULL THEN
        IF EXISTS (
            SELECT 1 FROM former_usernames
            WHERE username = NEW.username AND user_id <> NEW.id AND released_at > now() - interval '90 days'
        ) THEN
            RAISE unique_violation USING CONSTRAINT = 'former_usernames_hold', MESSAGE = 'username is kept for its former owner';
        END IF;
        DELETE FROM former_usernames WHERE username = NEW.username;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.username IS NOT NULL THEN
        INSERT INTO former_usernames (username, user_id) VALUES (OLD.username, OLD.id)
        ON CONFLICT (username) DO UPDATE SET user_id = EXCLUDED.user_id, released_at = now();
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "users_username_claimed" AFTER INSERT ON "users"
    FOR EACH ROW WHEN (NEW.username IS NOT NULL) EXECUTE FUNCTION "users_username_history"();
CREATE TRIGGER "users_username_changed" AFTER UPDATE OF "username" ON "users"
    FOR EACH ROW WHEN (OLD.username IS DISTINCT FROM NEW.username) EXECUTE FUNCTION "users_username_history"();

-- Change feed: one channel, payload "topic:key", heard by every process that caches. --------------------------------

CREATE FUNCTION "announce_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_changes', 'user:' || OLD.id);
    RETURN NULL;
END $$;
CREATE TRIGGER "users_announce_update" AFTER UPDATE ON "users"
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION "announce_user"();
CREATE TRIGGER "users_announce_delete" AFTER DELETE ON "users" FOR EACH ROW EXECUTE FUNCTION "announce_user"();

-- Followers are counted where they are read, and the change of the row announces itself.
CREATE FUNCTION "count_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE users SET follower_count = follower_count + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END
    WHERE id = coalesce(NEW.followed_id, OLD.followed_id);
    RETURN NULL;
END $$;
CREATE TRIGGER "follows_count" AFTER INSERT OR DELETE ON "follows" FOR EACH ROW EXECUTE FUNCTION "count_follow"();

CREATE FUNCTION "announce_session"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_changes', 'session:' || OLD.id);
    RETURN NULL;
END $$;
CREATE TRIGGER "sessions_announce_end" AFTER UPDATE OF "ended_at", "expires_at" ON "sessions"
    FOR EACH ROW WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.expires_at IS DISTINCT FROM NEW.expires_at)
    EXECUTE FUNCTION "announce_session"();
CREATE TRIGGER "sessions_announce_delete" AFTER DELETE ON "sessions" FOR EACH ROW EXECUTE FUNCTION "announce_session"();

CREATE FUNCTION "announce_signing_key"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_changes', 'signing_key:' || NEW.kid);
    RETURN NULL;
END $$;
CREATE TRIGGER "signing_keys_announce" AFTER INSERT OR UPDATE ON "signing_keys"
    FOR EACH ROW EXECUTE FUNCTION "announce_signing_key"();
