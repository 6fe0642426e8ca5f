CREATE TYPE "theme" AS ENUM ('system', 'light', 'dark');
CREATE TYPE "visibility" AS ENUM ('public', 'private');
CREATE TYPE "viewing_preference" AS ENUM ('my_messages', 'all_messages', 'followers_only', 'following_only');
CREATE TYPE "subscription_status" AS ENUM ('active', 'expired', 'cancelled', 'suspended');
CREATE TYPE "organization_role" AS ENUM ('owner', 'admin', 'member');
CREATE TYPE "identity_provider" AS ENUM ('github', 'mastodon', 'bluesky', 'linkedin', 'x', 'oidc');

-- People ---------------------------------------------------------------------------------------------------------

ALTER TABLE "users"
    -- What document 003 calls `id`: a whole number.
    ADD COLUMN "number" SERIAL NOT NULL,
    ADD COLUMN "locale" TEXT,
    ADD COLUMN "timezone" TEXT,
    ADD COLUMN "auto_renew" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "banned_at" TIMESTAMPTZ(3),
    -- With `deleted_at`: when every row and object of the person goes. Until then the owner may restore the account.
    ADD COLUMN "purge_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "users_locale_length" CHECK (char_length("locale") <= 85),
    ADD CONSTRAINT "users_timezone_length" CHECK (char_length("timezone") <= 64),
    ADD CONSTRAINT "users_purged_after_deletion" CHECK ("purge_at" IS NULL OR "deleted_at" IS NOT NULL);
CREATE UNIQUE INDEX "users_number_key" ON "users" ("number");
CREATE INDEX "users_purge_at_idx" ON "users" ("purge_at");

-- The secrets of account restoration and of changes of address are mailed as the others are.
ALTER TYPE "email_token_purpose" ADD VALUE 'restore_account';
ALTER TYPE "email_token_purpose" ADD VALUE 'confirm_new_email';
ALTER TYPE "email_token_purpose" ADD VALUE 'undo_email_change';

-- One change of address at a time; both its tokens live in "email_tokens".
CREATE TABLE "email_changes" (
    "user_id" UUID NOT NULL,
    "new_email" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "email_changes_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "email_changes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "email_changes_lower_case" CHECK ("new_email" = lower("new_email") AND length("new_email") <= 254)
);

-- Personal details: what nobody but their owner reads. -------------------------------------------------------------

CREATE TABLE "personal_details" (
    "user_id" UUID NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "city" TEXT,
    "state" TEXT,
    "country" TEXT,
    "postal_code" TEXT,
    "birth_date" DATE,
    "telegram_username" TEXT,
    "telegram_chat_id" TEXT,
    "wallet_address" TEXT,
    CONSTRAINT "personal_details_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "personal_details_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "personal_details_phone_is_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{1,14}$'),
    CONSTRAINT "personal_details_country_is_alpha2" CHECK ("country" ~ '^[A-Z]{2}$')
);

CREATE TABLE "preferences" (
    "user_id" UUID NOT NULL,
    "theme" "theme" NOT NULL DEFAULT 'system',
    "max_message_length" INTEGER NOT NULL DEFAULT 1000,
    "messages_per_page" INTEGER NOT NULL DEFAULT 20,
    "notification_tray_limit" INTEGER NOT NULL DEFAULT 20,
    "default_visibility" "visibility" NOT NULL DEFAULT 'public',
    "viewing_preference" "viewing_preference" NOT NULL DEFAULT 'all_messages',
    "is_private_account" BOOLEAN NOT NULL DEFAULT false,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    CONSTRAINT "preferences_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "preferences_bounds" CHECK (
        "max_message_length" BETWEEN 1 AND 10000
        AND "messages_per_page" BETWEEN 10 AND 30
        AND "notification_tray_limit" BETWEEN 10 AND 40
        AND "latitude" BETWEEN -90 AND 90
        AND "longitude" BETWEEN -180 AND 180
    )
);

-- Subscriptions ---------------------------------------------------------------------------------------------------

CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_name" TEXT NOT NULL,
    "status" "subscription_status" NOT NULL DEFAULT 'active',
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "renews_every_months" INTEGER NOT NULL DEFAULT 1,
    "max_devices" INTEGER NOT NULL,
    "granted_by_id" UUID,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "subscriptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "subscriptions_granted_by_id_fkey" FOREIGN KEY ("granted_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "subscriptions_bounds" CHECK ("max_devices" BETWEEN 1 AND 1000 AND "renews_every_months" BETWEEN 1 AND 120 AND "starts_at" < "expires_at")
);
CREATE INDEX "subscriptions_user_id_created_at_idx" ON "subscriptions" ("user_id", "created_at" DESC);
CREATE INDEX "subscriptions_expires_at_idx" ON "subscriptions" ("expires_at");
-- One at a time.
CREATE UNIQUE INDEX "subscriptions_one_live" ON "subscriptions" ("user_id") WHERE "status" IN ('active', 'suspended');

-- API tokens, identities -------------------------------------------------------------------------------------------

CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    -- The last characters, so that its owner can tell it from others.
    "hint" TEXT NOT NULL,
    "scopes" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "api_tokens_name_length" CHECK (char_length("name") BETWEEN 1 AND 80)
);
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens" ("token_hash");
CREATE INDEX "api_tokens_user_id_idx" ON "api_tokens" ("user_id");

CREATE FUNCTION "announce_api_token"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('parley_changes', 'api_token:' || OLD.id);
    RETURN NULL;
END $$;
CREATE TRIGGER "api_tokens_announce_delete" AFTER DELETE ON "api_tokens" FOR EACH ROW EXECUTE FUNCTION "announce_api_token"();

CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "provider" "identity_provider" NOT NULL,
    -- The host of a Mastodon server or of another issuer; empty where the provider is one.
    "instance_name" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL,
    "provider_username" TEXT NOT NULL,
    "email" TEXT,
    "profile_url" TEXT,
    "avatar_url" TEXT,
    "sealed_tokens" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_verified_at" TIMESTAMPTZ(3),
    CONSTRAINT "identities_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "identities_provider_instance_name_subject_key" ON "identities" ("provider", "instance_name", "subject");
CREATE INDEX "identities_user_id_idx" ON "identities" ("user_id");

-- Organizations ---------------------------------------------------------------------------------------------------

CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organizations_name_length" CHECK (char_length("name") BETWEEN 1 AND 80)
);

CREATE TABLE "memberships" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "organization_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "memberships_pkey" PRIMARY KEY ("organization_id", "user_id"),
    CONSTRAINT "memberships_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "memberships_user_id_idx" ON "memberships" ("user_id");

CREATE TABLE "organization_invitations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "organization_role" NOT NULL,
    "invited_by_id" UUID,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    CONSTRAINT "organization_invitations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organization_invitations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "organization_invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "organization_invitations_email_lower_case" CHECK ("email" = lower("email") AND length("email") <= 254)
);
CREATE UNIQUE INDEX "organization_invitations_token_hash_key" ON "organization_invitations" ("token_hash");
CREATE UNIQUE INDEX "organization_invitations_one_open" ON "organization_invitations" ("organization_id", "email") WHERE "accepted_at" IS NULL;

-- Messages --------------------------------------------------------------------------------------------------------

CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "content" TEXT NOT NULL,
    "visibility" "visibility" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "messages_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "messages_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "messages_content_length" CHECK (char_length("content") BETWEEN 1 AND 10000)
);
CREATE INDEX "messages_author_id_created_at_id_idx" ON "messages" ("author_id", "created_at" DESC, "id" DESC);
