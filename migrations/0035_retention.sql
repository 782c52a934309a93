-- How long a tenant keeps what, as it chose (retention/rules.ts), and how far its nights have been seen to.
CREATE TABLE retention (
  id              INTEGER NOT NULL PRIMARY KEY,
  tenant          INTEGER NOT NULL UNIQUE REFERENCES tenant (id),
  settings        TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  doneUntil       INTEGER NOT NULL,
  webhooksThrough INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One pass over what is older than it is kept: where it is, and what has gone so far.
CREATE TABLE retentionRun (
  id              INTEGER NOT NULL PRIMARY KEY,
  tenant          INTEGER NOT NULL REFERENCES tenant (id),
  askedBy         INTEGER,
  startedAt       INTEGER NOT NULL,
  endedAt         INTEGER,
  phase           TEXT NOT NULL CHECK (phase IN ('conversations', 'media', 'webhooks', 'logs', 'presence', 'over')),
  position        INTEGER NOT NULL DEFAULT 0,
  conversations   INTEGER NOT NULL DEFAULT 0,
  messages        INTEGER NOT NULL DEFAULT 0,
  files           INTEGER NOT NULL DEFAULT 0,
  bytes           INTEGER NOT NULL DEFAULT 0,
  webhooks        INTEGER NOT NULL DEFAULT 0,
  logs            INTEGER NOT NULL DEFAULT 0,
  presenceChanges INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (tenant, askedBy) REFERENCES user (tenant, id),
  CHECK ((phase = 'over') = (endedAt IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX retentionRunning ON retentionRun (tenant) WHERE endedAt IS NULL;
CREATE INDEX retentionRunOf ON retentionRun (tenant, startedAt);

-- Nothing of the customer, or of the one conversation, is removed while it stands.
CREATE TABLE hold (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  customer     INTEGER,
  conversation INTEGER,
  reason       TEXT NOT NULL,
  setBy        INTEGER NOT NULL,
  setAt        INTEGER NOT NULL,
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, setBy) REFERENCES user (tenant, id),
  CHECK ((customer IS NULL) <> (conversation IS NULL))
) STRICT;
CREATE UNIQUE INDEX holdOfCustomer ON hold (tenant, customer) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX holdOfConversation ON hold (tenant, conversation) WHERE conversation IS NOT NULL;

-- A customer who is to be forgotten: how far that is. `names` are the numbers and ids by which the wire knows them; they
-- go as soon as they have been looked for. The customer's id is no reference: it outlives them.
CREATE TABLE erasure (
  id            INTEGER NOT NULL PRIMARY KEY,
  tenant        INTEGER NOT NULL REFERENCES tenant (id),
  customer      INTEGER NOT NULL,
  askedBy       INTEGER NOT NULL,
  askedAt       INTEGER NOT NULL,
  endedAt       INTEGER,
  phase         TEXT NOT NULL CHECK (phase IN ('conversations', 'customer', 'webhooks', 'traces', 'over')),
  position      INTEGER NOT NULL DEFAULT 0,
  names         TEXT NOT NULL CHECK (json_valid(names)),
  since         INTEGER NOT NULL,
  messagesInAll INTEGER NOT NULL,
  conversations INTEGER NOT NULL DEFAULT 0,
  messages      INTEGER NOT NULL DEFAULT 0,
  files         INTEGER NOT NULL DEFAULT 0,
  bytes         INTEGER NOT NULL DEFAULT 0,
  webhooks      INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (tenant, askedBy) REFERENCES user (tenant, id),
  CHECK ((phase = 'over') = (endedAt IS NOT NULL))
) STRICT;
CREATE INDEX erasureRunning ON erasure (tenant) WHERE endedAt IS NULL;
CREATE INDEX erasureOf ON erasure (tenant, askedAt);

-- A conversation of which something has gone already: it is counted no more (settledCounter has it), and goes on going.
CREATE TABLE conversationRemoval (
  conversation INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL,
  begunAt      INTEGER NOT NULL,
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)
) STRICT;
CREATE INDEX conversationRemovalOf ON conversationRemoval (tenant);

-- Files that nothing refers to any more: their bytes go piece by piece.
CREATE TABLE fileRemoval (
  file   INTEGER NOT NULL PRIMARY KEY,
  tenant INTEGER NOT NULL,
  FOREIGN KEY (tenant, file) REFERENCES mediaFile (tenant, id)
) STRICT;
CREATE INDEX fileRemovalOf ON fileRemoval (tenant);

-- A customer who is being erased is nobody's to find any more.
ALTER TABLE customer ADD COLUMN erasingSince INTEGER;

CREATE INDEX conversationByClosing ON conversation (tenant, closedAt) WHERE state = 'closed';
CREATE INDEX mediaOfFile ON media (tenant, file) WHERE file IS NOT NULL;
CREATE INDEX mediaHere ON media (tenant, message) WHERE file IS NOT NULL;
CREATE INDEX mailAttachmentOfFile ON mailAttachment (tenant, file);
CREATE INDEX noticeOfConversation ON notice (tenant, data ->> '$.conversation');
