-- A deleted skillset stays for what was: conversations of years ago say whose they were. Its name is free again.
ALTER TABLE skillset ADD COLUMN deletedAt INTEGER;
