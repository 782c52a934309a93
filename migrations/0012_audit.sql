-- Who did what: one row an act, never changed. Each row carries the hash of the one before it in its tenant, so that a
-- row that was altered, put in between or taken out shows (database/chain.ts). No foreign key to whom or what a row
-- speaks of: it outlives them, with their names as they were.
CREATE TABLE auditEntry (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  at           INTEGER NOT NULL,
  actorKind    TEXT NOT NULL CHECK (actorKind IN ('user', 'operator', 'system', 'customer', 'stranger')),
  actor        INTEGER,
  actorName    TEXT,
  address      TEXT,
  act          TEXT NOT NULL,
  subjectKind  TEXT NOT NULL,
  subject      INTEGER,
  subjectName  TEXT NOT NULL,
  changes      TEXT NOT NULL CHECK (json_valid(changes)),
  previousHash BLOB NOT NULL CHECK (length(previousHash) = 32),
  hash         BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX auditEntryInOrder ON auditEntry (tenant);
CREATE INDEX auditEntryOfActor ON auditEntry (tenant, actor) WHERE actor IS NOT NULL;
CREATE INDEX auditEntryOfAct ON auditEntry (tenant, act);

-- What was kept long enough is forgotten from the oldest on: `through` is the last one forgotten, and its hash is what
-- the oldest that is left follows.
CREATE TABLE auditAnchor (
  tenant  INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  through INTEGER NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  movedAt INTEGER NOT NULL
) STRICT;

CREATE TRIGGER auditEntryStays BEFORE UPDATE ON auditEntry
BEGIN
  SELECT RAISE(ABORT, 'an audit entry is never changed');
END;
CREATE TRIGGER auditEntryIsKept BEFORE DELETE ON auditEntry
WHEN NOT EXISTS (SELECT 1 FROM auditAnchor WHERE tenant = OLD.tenant AND through >= OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'an audit entry is removed only behind the anchor');
END;
CREATE TRIGGER auditAnchorBegins BEFORE INSERT ON auditAnchor
WHEN NOT EXISTS (SELECT 1 FROM auditEntry WHERE tenant = NEW.tenant AND id = NEW.through AND hash = NEW.hash)
BEGIN
  SELECT RAISE(ABORT, 'the anchor stands at an entry');
END;
CREATE TRIGGER auditAnchorMoves BEFORE UPDATE ON auditAnchor
WHEN NEW.through <= OLD.through
  OR NOT EXISTS (SELECT 1 FROM auditEntry WHERE tenant = NEW.tenant AND id = NEW.through AND hash = NEW.hash)
BEGIN
  SELECT RAISE(ABORT, 'the anchor moves on, to an entry');
END;
CREATE TRIGGER auditAnchorStays BEFORE DELETE ON auditAnchor
BEGIN
  SELECT RAISE(ABORT, 'the anchor is kept');
END;
