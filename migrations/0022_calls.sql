-- A video call of an agent with a customer, who comes by a link: of its token only the SHA-256 is kept.
CREATE TABLE call (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  conversation INTEGER NOT NULL,
  startedBy    INTEGER NOT NULL,
  tokenHash    BLOB NOT NULL CHECK (length(tokenHash) = 32),
  startedAt    INTEGER NOT NULL,
  linkUntil    INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'joined', 'left', 'ended')),
  joinedAt     INTEGER,
  agentGoneAt  INTEGER,
  endedAt      INTEGER,
  ended        TEXT CHECK (ended IN ('by_agent', 'missed', 'customer_gone', 'agent_gone', 'conversation_closed')),
  CHECK ((state = 'ended') = (endedAt IS NOT NULL)),
  CHECK ((endedAt IS NULL) = (ended IS NULL)),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, startedBy) REFERENCES user (tenant, id)
) STRICT;
CREATE UNIQUE INDEX callByToken ON call (tokenHash);
-- One at a time with a customer: a second click finds the first.
CREATE UNIQUE INDEX callRunning ON call (tenant, conversation) WHERE state <> 'ended';
CREATE INDEX callOf ON call (tenant, conversation);

-- The servers by which calls of a tenant find their way; the secret is sealed with the key file.
CREATE TABLE callServers (
  tenant INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  urls   TEXT NOT NULL,
  secret BLOB
) STRICT;
