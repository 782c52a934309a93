-- What a number asks before anybody is given the conversation. The document is kept whole: it is read whole.
CREATE TABLE menu (
  channel  INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL CHECK (json_valid(document)),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT;

-- Where a customer stands in it: there while the conversation is in the menu.
CREATE TABLE menuVisit (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL,
  conversation INTEGER NOT NULL UNIQUE,
  revision     INTEGER NOT NULL,
  path         TEXT NOT NULL CHECK (json_valid(path)),
  titles       TEXT NOT NULL CHECK (json_valid(titles)),
  wrongAnswers INTEGER NOT NULL CHECK (wrongAnswers >= 0),
  askedAt      INTEGER NOT NULL,
  endsAt       INTEGER NOT NULL CHECK (endsAt >= askedAt),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)
) STRICT;
