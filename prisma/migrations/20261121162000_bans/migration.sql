-- An account is closed by its owner ("purge_at" says until when they may come back) or by an administrator ("banned_at").
-- Every statement asks one column for both, "deleted_at"; nobody can ban without it, nor open a banned account by it.
ALTER TABLE "users"
    ADD COLUMN "ban_reason" TEXT,
    ADD CONSTRAINT "users_ban_reason_length" CHECK (char_length("ban_reason") <= 500),
    ADD CONSTRAINT "users_ban_reason_of_a_ban" CHECK ("ban_reason" IS NULL OR "banned_at" IS NOT NULL);

CREATE FUNCTION "users_closed_while_banned"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.banned_at IS NOT NULL THEN
        NEW.deleted_at := coalesce(NEW.deleted_at, NEW.banned_at);
    ELSIF NEW.purge_at IS NULL THEN
        NEW.deleted_at := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "users_closed_while_banned" BEFORE UPDATE OF "banned_at", "deleted_at" ON "users"
    FOR EACH ROW WHEN (OLD.banned_at IS NOT NULL OR NEW.banned_at IS NOT NULL)
    EXECUTE FUNCTION "users_closed_while_banned"();
