-- The appliance's first schema. Every row carries its tenant and every foreign key includes it, so that a row cannot
-- point into another tenant even by a bug. Times are milliseconds since 1970 (UTC); keys are 53-bit time-ordered
-- integers (README, decisions); the rowid ends every index by itself, so none names it.

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant (
  id        INTEGER NOT NULL PRIMARY KEY,
  slug      TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  timezone  TEXT NOT NULL,
  language  TEXT NOT NULL,
  settings  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  createdAt INTEGER NOT NULL,
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;

-- A tenant as its own commands see it: bound by `tenant` like every other row.
CREATE VIEW tenantProfile AS SELECT id AS tenant, slug, name, timezone, language, settings, version FROM tenant;

CREATE TABLE user (
  id               INTEGER NOT NULL PRIMARY KEY,
  tenant           INTEGER NOT NULL REFERENCES tenant (id),
  username         TEXT NOT NULL UNIQUE,
  passwordHash     TEXT,
  email            TEXT,
  firstName        TEXT NOT NULL,
  lastName         TEXT NOT NULL,
  level            TEXT NOT NULL CHECK (level IN ('agent', 'supervisor', 'campaign_manager', 'tenant_admin', 'platform_admin')),
  language         TEXT NOT NULL,
  maxConversations INTEGER NOT NULL CHECK (maxConversations >= 0),
  isolated         INTEGER NOT NULL CHECK (isolated IN (0, 1)),
  outbound         INTEGER NOT NULL CHECK (outbound IN (0, 1)),
  enabled          INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  createdAt        INTEGER NOT NULL,
  version          INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant, id)
) STRICT;

-- Opaque sessions: only the SHA-256 of the cookie is kept.
CREATE TABLE session (
  tokenHash  BLOB NOT NULL PRIMARY KEY CHECK (length(tokenHash) = 32),
  tenant     INTEGER NOT NULL,
  user       INTEGER NOT NULL,
  csrfToken  TEXT NOT NULL,
  createdAt  INTEGER NOT NULL,
  lastSeenAt INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sessionOfUser ON session (tenant, user);

-- Failed sign-ins by account and by network; a stranger's guesses slow the stranger down, nobody is locked out.
CREATE TABLE loginThrottle (
  key           TEXT NOT NULL PRIMARY KEY,
  failures      INTEGER NOT NULL,
  lastFailureAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE skillset (
  id        INTEGER NOT NULL PRIMARY KEY,
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  name      TEXT NOT NULL,
  createdAt INTEGER NOT NULL,
  version   INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant, id),
  UNIQUE (tenant, name)
) STRICT;

CREATE TABLE skillsetMember (
  tenant   INTEGER NOT NULL,
  skillset INTEGER NOT NULL,
  user     INTEGER NOT NULL,
  PRIMARY KEY (tenant, skillset, user),
  FOREIGN KEY (tenant, skillset) REFERENCES skillset (tenant, id),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX skillsetOfMember ON skillsetMember (tenant, user, skillset);

-- Presence and capacity. Chosen: status. Observed: link (the browser's live stream). Counted: load = offered + active.
-- maximum is the user's limit, kept here too so that the free ones are an index.
CREATE TABLE agent (
  user          INTEGER NOT NULL PRIMARY KEY,
  tenant        INTEGER NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('ready', 'back_office', 'break')),
  statusSince   INTEGER NOT NULL,
  statusBy      INTEGER,
  link          TEXT NOT NULL CHECK (link IN ('live', 'lost', 'gone')),
  linkSince     INTEGER NOT NULL,
  load          INTEGER NOT NULL DEFAULT 0 CHECK (load >= 0),
  maximum       INTEGER NOT NULL CHECK (maximum >= 0),
  idleSince     INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, statusBy) REFERENCES user (tenant, id)
) STRICT;
-- Who could take one more: what distribution asks for.
CREATE INDEX agentFree ON agent (tenant, user) WHERE status = 'ready' AND link <> 'gone' AND load < maximum;

CREATE TABLE channel (
  id                 INTEGER NOT NULL PRIMARY KEY,
  tenant             INTEGER NOT NULL REFERENCES tenant (id),
  name               TEXT NOT NULL,
  phoneNumberId      TEXT NOT NULL UNIQUE,
  displayPhoneNumber TEXT NOT NULL,
  wabaId             TEXT NOT NULL,
  accessToken        BLOB NOT NULL,
  appSecret          BLOB NOT NULL,
  verifyToken        BLOB NOT NULL,
  hours              TEXT NOT NULL CHECK (json_valid(hours)),
  enabled            INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  holdReason         TEXT,
  heldSince          INTEGER,
  createdAt          INTEGER NOT NULL,
  version            INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant, id),
  UNIQUE (tenant, name)
) STRICT;

CREATE TABLE channelSkillset (
  tenant   INTEGER NOT NULL,
  channel  INTEGER NOT NULL,
  position INTEGER NOT NULL,
  skillset INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel, position),
  UNIQUE (tenant, channel, skillset),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id),
  FOREIGN KEY (tenant, skillset) REFERENCES skillset (tenant, id)
) STRICT, WITHOUT ROWID;

-- A person who writes to us: the WhatsApp user id is the identity, the phone number may be missing.
CREATE TABLE customer (
  id             INTEGER NOT NULL PRIMARY KEY,
  tenant         INTEGER NOT NULL REFERENCES tenant (id),
  whatsappUserId TEXT,
  phone          TEXT,
  username       TEXT,
  profileName    TEXT,
  name           TEXT,
  createdAt      INTEGER NOT NULL,
  version        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (tenant, id),
  CHECK (whatsappUserId IS NOT NULL OR phone IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX customerByWhatsappUserId ON customer (tenant, whatsappUserId) WHERE whatsappUserId IS NOT NULL;
CREATE INDEX customerByPhone ON customer (tenant, phone) WHERE phone IS NOT NULL;

CREATE TABLE conversation (
  id             INTEGER NOT NULL PRIMARY KEY,
  tenant         INTEGER NOT NULL REFERENCES tenant (id),
  customer       INTEGER NOT NULL,
  channel        INTEGER NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('menu', 'queued', 'offered', 'active', 'parked', 'awaiting_reply', 'closed')),
  owner          INTEGER,
  skillset       INTEGER,
  priority       INTEGER NOT NULL DEFAULT 0,
  targetUser     INTEGER,
  exclusive      INTEGER NOT NULL DEFAULT 0 CHECK (exclusive IN (0, 1)),
  parkedAs       TEXT CHECK (parkedAs IN ('public', 'personal')),
  waitingSince   INTEGER,
  offeredUntil   INTEGER,
  stateSince     INTEGER NOT NULL,
  openedAt       INTEGER NOT NULL,
  closedAt       INTEGER,
  closedBy       INTEGER,
  windowEndsAt   INTEGER,
  lastInboundAt  INTEGER,
  lastOutboundAt INTEGER,
  unreadCount    INTEGER NOT NULL DEFAULT 0 CHECK (unreadCount >= 0),
  unreadSince    INTEGER,
  version        INTEGER NOT NULL,
  UNIQUE (tenant, id),
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id),
  FOREIGN KEY (tenant, owner) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, targetUser) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, skillset) REFERENCES skillset (tenant, id),
  FOREIGN KEY (tenant, closedBy) REFERENCES user (tenant, id),
  CHECK ((state IN ('offered', 'active', 'awaiting_reply')) <= (owner IS NOT NULL)),
  CHECK ((state IN ('menu', 'queued')) <= (owner IS NULL)),
  CHECK ((state = 'offered') = (offeredUntil IS NOT NULL)),
  CHECK ((state = 'parked') = (parkedAs IS NOT NULL)),
  CHECK ((state = 'closed') = (closedAt IS NOT NULL)),
  CHECK ((state IN ('queued', 'offered')) <= (waitingSince IS NOT NULL))
) STRICT;
-- At most one open conversation per customer and channel: a fact of the database, not of the code.
CREATE UNIQUE INDEX conversationOpen ON conversation (tenant, customer, channel) WHERE state <> 'closed';
CREATE INDEX conversationOfOwner ON conversation (tenant, owner, state) WHERE state <> 'closed' AND owner IS NOT NULL;
CREATE INDEX conversationWaiting ON conversation (tenant, skillset, priority DESC, waitingSince) WHERE state = 'queued';
CREATE INDEX conversationInState ON conversation (tenant, state) WHERE state <> 'closed';
CREATE INDEX conversationForTarget ON conversation (tenant, targetUser) WHERE state = 'queued' AND targetUser IS NOT NULL;
CREATE INDEX conversationOfCustomer ON conversation (tenant, customer);
CREATE INDEX conversationParked ON conversation (tenant, stateSince) WHERE state = 'parked';
CREATE INDEX conversationClosed ON conversation (tenant, owner, closedAt) WHERE state = 'closed';

-- One bubble. An outbound row in 'queued' is its own outbox entry (2-architecture.md, Journey out).
CREATE TABLE message (
  id             INTEGER NOT NULL PRIMARY KEY,
  tenant         INTEGER NOT NULL REFERENCES tenant (id),
  conversation   INTEGER NOT NULL,
  channel        INTEGER NOT NULL,
  direction      TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  kind           TEXT NOT NULL,
  at             INTEGER NOT NULL,
  text           TEXT NOT NULL,
  content        TEXT CHECK (content IS NULL OR json_valid(content)),
  status         TEXT NOT NULL CHECK (status IN ('received', 'queued', 'sending', 'sent', 'delivered', 'read', 'played', 'failed', 'uncertain', 'held', 'discarded')),
  wamid          TEXT,
  clientId       TEXT,
  author         INTEGER,
  replyToWamid   TEXT,
  receivedAt     INTEGER,
  readByAgentAt  INTEGER,
  readByAgent    INTEGER,
  queuedAt       INTEGER,
  sentAt         INTEGER,
  deliveredAt    INTEGER,
  readAt         INTEGER,
  playedAt       INTEGER,
  failedAt       INTEGER,
  failureCode    INTEGER,
  failureReason  TEXT,
  failureDetails TEXT,
  attempt        INTEGER NOT NULL DEFAULT 0,
  nextAttemptAt  INTEGER,
  bootId         TEXT,
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id),
  FOREIGN KEY (tenant, author) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, readByAgent) REFERENCES user (tenant, id)
) STRICT;
CREATE UNIQUE INDEX messageByWamid ON message (tenant, wamid) WHERE wamid IS NOT NULL;
CREATE UNIQUE INDEX messageByClientId ON message (tenant, conversation, clientId) WHERE clientId IS NOT NULL;
CREATE INDEX messageOfConversation ON message (tenant, conversation, at);
CREATE INDEX messageOutbox ON message (channel, status) WHERE status IN ('queued', 'sending', 'uncertain', 'held');

-- A status that came before the message it speaks of; applied when the message's id becomes known.
CREATE TABLE earlyStatus (
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  wamid  TEXT NOT NULL,
  status TEXT NOT NULL,
  at     INTEGER NOT NULL,
  item   TEXT NOT NULL CHECK (json_valid(item)),
  PRIMARY KEY (tenant, wamid, status)
) STRICT, WITHOUT ROWID;

-- The read receipt owed to a customer: the latest message marks the earlier ones too (wire reference §5.4).
CREATE TABLE readReceipt (
  tenant        INTEGER NOT NULL,
  conversation  INTEGER NOT NULL,
  channel       INTEGER NOT NULL,
  wamid         TEXT NOT NULL,
  attempt       INTEGER NOT NULL DEFAULT 0,
  nextAttemptAt INTEGER NOT NULL,
  PRIMARY KEY (tenant, conversation),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT, WITHOUT ROWID;

-- Who did what to a conversation, when and why: the thread's system lines, the reports and «why me» read this row.
CREATE TABLE event (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  conversation INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  actor        INTEGER,
  data         TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, actor) REFERENCES user (tenant, id)
) STRICT;
CREATE INDEX eventOfConversation ON event (tenant, conversation, at);

-- Deadlines derived from state; saving a noun rewrites its rows here in the same transaction.
CREATE TABLE timer (
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  subject INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  faults  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, subject, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timerDue ON timer (at, subject, kind);

-- Every signed webhook body, verbatim, once.
CREATE TABLE envelope (
  id         INTEGER NOT NULL PRIMARY KEY,
  digest     BLOB NOT NULL UNIQUE CHECK (length(digest) = 16),
  receivedAt INTEGER NOT NULL,
  body       BLOB NOT NULL
) STRICT;

-- What could not be understood or belongs to no channel of ours: kept for the admin, the rest goes on.
CREATE TABLE quarantine (
  id            INTEGER NOT NULL PRIMARY KEY,
  tenant        INTEGER REFERENCES tenant (id),
  envelope      INTEGER NOT NULL REFERENCES envelope (id),
  phoneNumberId TEXT,
  reason        TEXT NOT NULL,
  item          TEXT NOT NULL,
  at            INTEGER NOT NULL
) STRICT;
CREATE INDEX quarantineOfTenant ON quarantine (tenant);

-- What Meta tells about numbers, templates and accounts, for the admin's health pages.
CREATE TABLE channelNotice (
  id      INTEGER NOT NULL PRIMARY KEY,
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  channel INTEGER,
  field   TEXT NOT NULL,
  item    TEXT NOT NULL CHECK (json_valid(item)),
  at      INTEGER NOT NULL,
  UNIQUE (tenant, id),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT;
