-- What the administration keeps of users beyond the first day: how they sign in, who they are elsewhere, and that they
-- are gone. A deleted user stays as a name: messages and events go on pointing at it; its username is free again.
ALTER TABLE user ADD COLUMN loginType TEXT NOT NULL DEFAULT 'password' CHECK (loginType IN ('password', 'ldap', 'external'));
ALTER TABLE user ADD COLUMN externalId TEXT;
ALTER TABLE user ADD COLUMN deletedAt INTEGER;
CREATE UNIQUE INDEX userByExternalId ON user (tenant, externalId) WHERE externalId IS NOT NULL;
