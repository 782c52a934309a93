-- Keys that a person's device or security key holds; what is kept here proves nothing by itself. counter: how often the
-- key says that it was used. One that says less than before has a double somewhere: from stoppedAt on it opens nothing.
CREATE TABLE passkey (
  id         INTEGER NOT NULL PRIMARY KEY,
  tenant     INTEGER NOT NULL,
  user       INTEGER NOT NULL,
  credential BLOB NOT NULL,
  publicKey  BLOB NOT NULL,
  counter    INTEGER NOT NULL,
  transports TEXT NOT NULL,
  name       TEXT NOT NULL,
  addedAt    INTEGER NOT NULL,
  lastUsedAt INTEGER,
  stoppedAt  INTEGER,
  UNIQUE (tenant, id),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT;
CREATE UNIQUE INDEX passkeyByCredential ON passkey (credential);
CREATE INDEX passkeyOfUser ON passkey (tenant, user);

-- Questions that were answered: each is answered once. What was asked is sealed in the page.
CREATE TABLE passkeyAnswer (
  questionHash BLOB NOT NULL PRIMARY KEY CHECK (length(questionHash) = 32),
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  answeredAt   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeyAnswerByTime ON passkeyAnswer (tenant, answeredAt);
