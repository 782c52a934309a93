-- When a company that had been disabled was enabled again: what had waited for long by then does not leave by itself.
ALTER TABLE tenant ADD COLUMN enabledAt INTEGER;
DROP VIEW tenantProfile;
CREATE VIEW tenantProfile AS SELECT id AS tenant, slug, name, timezone, language, settings, version, enabledAt FROM tenant;
