-- What a tenant keeps of its customers beside what WhatsApp says: fields of its own, tags, whether they are blocked, and
-- whether they want to hear from us.
ALTER TABLE customer ADD COLUMN otherPhone TEXT;

CREATE TABLE customerProperty (
  id       INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes_no')),
  choices  TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(choices)),
  position INTEGER NOT NULL,
  enabled  INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version  INTEGER NOT NULL,
  UNIQUE (tenant, id),
  UNIQUE (tenant, name)
) STRICT;

-- The numbers beside whose conversations a property is shown; none: beside all of them.
CREATE TABLE customerPropertyChannel (
  tenant   INTEGER NOT NULL,
  property INTEGER NOT NULL,
  channel  INTEGER NOT NULL,
  PRIMARY KEY (tenant, property, channel),
  FOREIGN KEY (tenant, property) REFERENCES customerProperty (tenant, id),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customerValue (
  tenant   INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  property INTEGER NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (tenant, customer, property),
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, property) REFERENCES customerProperty (tenant, id)
) STRICT, WITHOUT ROWID;

-- Who changed which field, so that two people who edit the same customer hear of each other. A property's is its id.
CREATE TABLE customerChange (
  id       INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  field    TEXT NOT NULL,
  was      TEXT NOT NULL,
  became   TEXT NOT NULL,
  actor    INTEGER,
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, actor) REFERENCES user (tenant, id)
) STRICT;
CREATE INDEX customerChangeOf ON customerChange (tenant, customer, field);

CREATE TABLE customerBlock (
  customer INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  actor    INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, actor) REFERENCES user (tenant, id)
) STRICT;

-- Every change of what a customer wants to receive; the last one holds.
CREATE TABLE consentChange (
  id       INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  choice   TEXT NOT NULL CHECK (choice IN ('out', 'in')),
  how      TEXT NOT NULL CHECK (how IN ('word', 'whatsapp', 'by_hand')),
  words    TEXT NOT NULL,
  actor    INTEGER,
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, actor) REFERENCES user (tenant, id)
) STRICT;
CREATE INDEX consentChangeOf ON consentChange (tenant, customer);

CREATE TABLE tag (
  id     INTEGER NOT NULL PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  name   TEXT NOT NULL,
  folded TEXT NOT NULL,
  tone   TEXT NOT NULL CHECK (tone IN ('plain', 'ok', 'info', 'warn', 'bad')),
  UNIQUE (tenant, id),
  UNIQUE (tenant, folded)
) STRICT;

CREATE TABLE conversationTag (
  tenant       INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  tag          INTEGER NOT NULL,
  PRIMARY KEY (tenant, conversation, tag),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, tag) REFERENCES tag (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversationTagOf ON conversationTag (tenant, tag);

CREATE TABLE customerTag (
  tenant   INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  tag      INTEGER NOT NULL,
  PRIMARY KEY (tenant, customer, tag),
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, tag) REFERENCES tag (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerTagOf ON customerTag (tenant, tag);

-- What colleagues tell each other inside a conversation; the customer never sees it.
CREATE TABLE note (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  author       INTEGER NOT NULL,
  text         TEXT NOT NULL,
  mentioned    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mentioned)),
  clientId     TEXT NOT NULL,
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, author) REFERENCES user (tenant, id)
) STRICT;
CREATE INDEX noteOfConversation ON note (tenant, conversation, at);
CREATE UNIQUE INDEX noteByClientId ON note (tenant, conversation, clientId);
