-- Lists ask of everyone in them whether they keep out of sight; few do.
CREATE INDEX "preferences_private_accounts" ON "preferences" ("user_id") WHERE "is_private_account";

-- What everybody wrote, newest first.
CREATE INDEX "messages_created_at_id_idx" ON "messages" ("created_at" DESC, "id" DESC);
