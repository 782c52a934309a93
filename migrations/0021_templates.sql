-- Messages approved by Meta, as each WhatsApp account of the tenant has them, and what is still to be told to Meta about
-- them (task, draft). What was sent keeps its own copy.
CREATE TABLE template (
  id              INTEGER NOT NULL PRIMARY KEY,
  tenant          INTEGER NOT NULL REFERENCES tenant (id),
  wabaId          TEXT NOT NULL,
  metaId          TEXT,
  name            TEXT NOT NULL,
  language        TEXT NOT NULL,
  category        TEXT NOT NULL,
  status          TEXT NOT NULL,
  quality         TEXT,
  rejectedReason  TEXT,
  parameterFormat TEXT NOT NULL CHECK (parameterFormat IN ('named', 'positional')),
  components      TEXT NOT NULL CHECK (json_valid(components)),
  enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  fills           TEXT NOT NULL CHECK (json_valid(fills)),
  task            TEXT CHECK (task IN ('create', 'edit', 'delete')),
  draft           TEXT CHECK (draft IS NULL OR json_valid(draft)),
  tries           INTEGER NOT NULL DEFAULT 0,
  nextAttemptAt   INTEGER,
  problem         TEXT,
  problemDetails  TEXT,
  changedAt       INTEGER NOT NULL,
  version         INTEGER NOT NULL DEFAULT 1,
  CHECK ((task IS NULL) = (nextAttemptAt IS NULL)),
  CHECK (task <> 'create' OR draft IS NOT NULL),
  UNIQUE (tenant, id),
  UNIQUE (tenant, wabaId, name, language)
) STRICT;
CREATE INDEX templateTask ON template (nextAttemptAt) WHERE nextAttemptAt IS NOT NULL;

-- How the last synchronisation of an account's templates went, and when the next is due; no row: never.
CREATE TABLE templateSync (
  tenant         INTEGER NOT NULL REFERENCES tenant (id),
  wabaId         TEXT NOT NULL,
  nextAttemptAt  INTEGER NOT NULL,
  runningSince   INTEGER,
  syncedAt       INTEGER,
  tries          INTEGER NOT NULL DEFAULT 0,
  count          INTEGER NOT NULL DEFAULT 0,
  problem        TEXT,
  problemDetails TEXT,
  PRIMARY KEY (tenant, wabaId)
) STRICT, WITHOUT ROWID;

-- A header's file between its upload and the message that carries it; its user's alone.
CREATE TABLE templateFile (
  id         INTEGER NOT NULL PRIMARY KEY,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  user       INTEGER NOT NULL,
  file       INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('image', 'video', 'document')),
  type       TEXT NOT NULL,
  name       TEXT NOT NULL,
  uploadedAt INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, file) REFERENCES mediaFile (tenant, id)
) STRICT;
