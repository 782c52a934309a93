-- Reasons of contact. A label is never edited: another one is another row and the old one is retired, so that what was
-- closed keeps what it was closed with.
CREATE TABLE profilingTree (
  id     INTEGER NOT NULL PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  name   TEXT NOT NULL,
  UNIQUE (tenant, id),
  UNIQUE (tenant, name)
) STRICT;

CREATE TABLE profilingReason (
  id        INTEGER NOT NULL PRIMARY KEY,
  tenant    INTEGER NOT NULL,
  tree      INTEGER NOT NULL,
  parent    INTEGER,
  title     TEXT NOT NULL,
  position  INTEGER NOT NULL,
  mayStop   INTEGER NOT NULL CHECK (mayStop IN (0, 1)),
  retiredAt INTEGER,
  UNIQUE (tenant, id),
  FOREIGN KEY (tenant, tree) REFERENCES profilingTree (tenant, id),
  FOREIGN KEY (tenant, parent) REFERENCES profilingReason (tenant, id)
) STRICT;
CREATE INDEX profilingReasonOfTree ON profilingReason (tenant, tree);

-- Which tree a number's conversations are closed with.
CREATE TABLE channelProfiling (
  channel INTEGER NOT NULL PRIMARY KEY,
  tenant  INTEGER NOT NULL,
  tree    INTEGER NOT NULL,
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id),
  FOREIGN KEY (tenant, tree) REFERENCES profilingTree (tenant, id)
) STRICT;

-- What was said at a closing; one that was opened again has several.
CREATE TABLE conversationProfiling (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  reason       INTEGER,
  path         TEXT,
  notes        TEXT,
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, reason) REFERENCES profilingReason (tenant, id),
  CHECK ((reason IS NULL) = (path IS NULL)),
  CHECK (reason IS NOT NULL OR notes IS NOT NULL)
) STRICT;
CREATE INDEX profilingOfConversation ON conversationProfiling (tenant, conversation);
