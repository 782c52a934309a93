-- A password that somebody else made is good once, until then: at the first login a new one is chosen.
ALTER TABLE user ADD COLUMN oneTimeUntil INTEGER;

-- What the person is shown of their own sessions.
ALTER TABLE session ADD COLUMN address TEXT;
ALTER TABLE session ADD COLUMN browser TEXT;

-- Somebody on the way in: the password was right, something is still to be done. No session exists until all of it is.
CREATE TABLE signInStep (
  tokenHash    BLOB NOT NULL PRIMARY KEY CHECK (length(tokenHash) = 32),
  tenant       INTEGER NOT NULL,
  user         INTEGER NOT NULL,
  passwordHash TEXT NOT NULL,
  factorPassed INTEGER NOT NULL CHECK (factorPassed IN (0, 1)),
  language     TEXT,
  next         TEXT NOT NULL,
  startedAt    INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX signInStepOfUser ON signInStep (tenant, user);

-- A link to a new password: once, for half an hour; only its hash is kept.
CREATE TABLE passwordReset (
  tokenHash BLOB NOT NULL PRIMARY KEY CHECK (length(tokenHash) = 32),
  tenant    INTEGER NOT NULL,
  user      INTEGER NOT NULL,
  askedAt   INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX passwordResetOfUser ON passwordReset (tenant, user);

-- The second factor (RFC 6238). Without confirmedAt it is being set up. lastStep: the newest moment a code was taken
-- of, so that none is taken twice.
CREATE TABLE secondFactor (
  user        INTEGER NOT NULL PRIMARY KEY,
  tenant      INTEGER NOT NULL,
  secret      BLOB NOT NULL,
  confirmedAt INTEGER,
  lastStep    INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT;
CREATE TABLE recoveryCode (
  tenant   INTEGER NOT NULL,
  user     INTEGER NOT NULL,
  codeHash BLOB NOT NULL CHECK (length(codeHash) = 32),
  PRIMARY KEY (tenant, user, codeHash),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
