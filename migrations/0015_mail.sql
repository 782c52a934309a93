-- Mail that is to leave: the row is its own outbox entry. What is secret in a mail (a link, a one-time password) is
-- sealed beside it and put in as it leaves; once it is sent, nothing of its body is kept.
CREATE TABLE mail (
  id            INTEGER NOT NULL PRIMARY KEY,
  tenant        INTEGER NOT NULL REFERENCES tenant (id),
  kind          TEXT NOT NULL,
  recipient     TEXT NOT NULL,
  language      TEXT NOT NULL,
  subject       TEXT NOT NULL,
  text          TEXT NOT NULL,
  html          TEXT NOT NULL,
  secret        BLOB,
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain')),
  queuedAt      INTEGER NOT NULL,
  uselessAt     INTEGER NOT NULL,
  nextAttemptAt INTEGER,
  tries         INTEGER NOT NULL DEFAULT 0,
  reason        TEXT,
  answer        TEXT,
  sentAt        INTEGER,
  UNIQUE (tenant, id),
  CHECK ((state = 'queued') = (nextAttemptAt IS NOT NULL)),
  CHECK ((state = 'sent') = (sentAt IS NOT NULL))
) STRICT;
CREATE INDEX mailDue ON mail (nextAttemptAt) WHERE state = 'queued';
CREATE INDEX mailInFlight ON mail (tenant) WHERE state = 'sending';
CREATE INDEX mailOfTenant ON mail (tenant);

-- Files that go with a mail, by reference: each is in the database once.
CREATE TABLE mailAttachment (
  tenant   INTEGER NOT NULL,
  mail     INTEGER NOT NULL,
  position INTEGER NOT NULL,
  file     INTEGER NOT NULL,
  name     TEXT NOT NULL,
  mimeType TEXT NOT NULL,
  PRIMARY KEY (tenant, mail, position),
  FOREIGN KEY (tenant, mail) REFERENCES mail (tenant, id),
  FOREIGN KEY (tenant, file) REFERENCES mediaFile (tenant, id)
) STRICT, WITHOUT ROWID;

-- A tenant's own way to send mail, in place of the appliance's.
CREATE TABLE mailServer (
  tenant   INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  host     TEXT NOT NULL,
  port     INTEGER NOT NULL,
  security TEXT NOT NULL CHECK (security IN ('starttls', 'tls', 'none')),
  username TEXT,
  password BLOB,
  sender   TEXT NOT NULL,
  CHECK ((username IS NULL) = (password IS NULL))
) STRICT;
