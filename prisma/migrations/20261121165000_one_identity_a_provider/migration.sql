-- A person has one account at each provider; at Mastodon, one at each server. The index serves lists by person too.
DROP INDEX "identities_user_id_idx";
CREATE UNIQUE INDEX "identities_user_id_provider_instance_name_key" ON "identities" ("user_id", "provider", "instance_name");
