-- Raised whenever what a person says of their hours is saved: a booking that reckons with hours it remembers can then
-- make sure of them in the statement that books.
ALTER TABLE "users" ADD COLUMN "hours_version" INTEGER NOT NULL DEFAULT 0;

-- The profile stays the same by it, and so does the profile's version.
DROP TRIGGER "users_touch" ON "users";
CREATE TRIGGER "users_touch" BEFORE UPDATE ON "users"
    FOR EACH ROW WHEN (
        OLD.* IS DISTINCT FROM NEW.* AND OLD.follower_count = NEW.follower_count AND OLD.hours_version = NEW.hours_version
    )
    EXECUTE FUNCTION "users_touch"();
