-- The template that brings a customer the link to a video call when the 24 hours are over; by its name at Meta, which
-- is the same in every language.
CREATE TABLE callTemplate (
  tenant INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  name   TEXT NOT NULL
) STRICT;
