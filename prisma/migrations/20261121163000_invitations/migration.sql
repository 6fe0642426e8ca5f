-- The secret of an invitation is made by the job that mails it; until then, and while it is to be mailed again, no link
-- leads to it.
ALTER TABLE "organization_invitations" ALTER COLUMN "token_hash" DROP NOT NULL;

-- An accepted invitation names an address of the person who accepted, whatever their address is by now: it goes with them.
ALTER TABLE "organization_invitations"
    ADD COLUMN "accepted_by_id" UUID,
    ADD CONSTRAINT "organization_invitations_accepted_by_id_fkey" FOREIGN KEY ("accepted_by_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    ADD CONSTRAINT "organization_invitations_accepted_by_somebody" CHECK (("accepted_at" IS NULL) = ("accepted_by_id" IS NULL));
CREATE INDEX "organization_invitations_accepted_by_id_idx" ON "organization_invitations" ("accepted_by_id");
CREATE INDEX "organization_invitations_expires_at_idx" ON "organization_invitations" ("expires_at");
