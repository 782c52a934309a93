-- Customers brought in from a file, and what of each is kept beside the number: an address and a language.
ALTER TABLE customer ADD COLUMN email TEXT;
ALTER TABLE customer ADD COLUMN language TEXT;
CREATE INDEX customerByEmail ON customer (tenant, email) WHERE email IS NOT NULL;

-- One file on its way: read, its columns told, tried without writing, written. `next` is the row of the file at which it
-- goes on, saved with the rows before it; file, preview and problems go when nobody needs them any more.
CREATE TABLE customerImport (
  id         INTEGER NOT NULL PRIMARY KEY,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  at         INTEGER NOT NULL,
  author     INTEGER NOT NULL,
  name       TEXT NOT NULL,
  file       INTEGER,
  size       INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('reading', 'mapping', 'checking', 'checked', 'running', 'paused', 'done', 'cancelled', 'failed')),
  reading    TEXT CHECK (json_valid(reading)),
  preview    TEXT CHECK (json_valid(preview)),
  mapping    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mapping)),
  country    TEXT,
  overwrites INTEGER NOT NULL DEFAULT 0 CHECK (overwrites IN (0, 1)),
  erases     INTEGER NOT NULL DEFAULT 0 CHECK (erases IN (0, 1)),
  total      INTEGER,
  next       INTEGER NOT NULL DEFAULT 0,
  created    INTEGER NOT NULL DEFAULT 0,
  changed    INTEGER NOT NULL DEFAULT 0,
  unchanged  INTEGER NOT NULL DEFAULT 0,
  refused    INTEGER NOT NULL DEFAULT 0,
  failure    TEXT CHECK (json_valid(failure)),
  endedAt    INTEGER,
  UNIQUE (tenant, id),
  FOREIGN KEY (tenant, author) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, file) REFERENCES mediaFile (tenant, id)
) STRICT;
CREATE INDEX customerImportAtWork ON customerImport (state, id) WHERE state IN ('reading', 'checking', 'running');
CREATE INDEX customerImportOfFile ON customerImport (tenant, file) WHERE file IS NOT NULL;

-- Why a row was refused, cell by cell.
CREATE TABLE customerImportProblem (
  id      INTEGER NOT NULL PRIMARY KEY,
  tenant  INTEGER NOT NULL,
  import  INTEGER NOT NULL,
  row     INTEGER NOT NULL,
  heading TEXT NOT NULL,
  given   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  detail  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  FOREIGN KEY (tenant, import) REFERENCES customerImport (tenant, id)
) STRICT;
CREATE INDEX customerImportProblemOf ON customerImportProblem (tenant, import, row);

-- Who came by a file: what stands in their fields was not entered by hand, unless somebody has changed it since.
CREATE TABLE importedCustomer (
  customer INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL,
  import   INTEGER NOT NULL,
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, import) REFERENCES customerImport (tenant, id)
) STRICT;
