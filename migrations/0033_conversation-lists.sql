-- The list of a tenant's conversations goes by when they were opened.
CREATE INDEX conversationByOpening ON conversation (tenant, openedAt);

-- What somebody asks of a list again and again: words, filters and order, as they stand in its address.
CREATE TABLE savedFilter (
  id     INTEGER NOT NULL PRIMARY KEY,
  tenant INTEGER NOT NULL,
  user   INTEGER NOT NULL,
  list   TEXT NOT NULL,
  name   TEXT NOT NULL,
  query  TEXT NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT;
CREATE UNIQUE INDEX savedFilterByName ON savedFilter (tenant, user, list, name);
