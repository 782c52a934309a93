-- Two customers who are one person. The joined one keeps its row – numbers and WhatsApp ids, by which it is still found –
-- and all that was said is the other's; `before` and `after` are the fields that the joining changed. `endedAt`: apart again.
CREATE TABLE customerJoin (
  id       INTEGER NOT NULL PRIMARY KEY,
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  kept     INTEGER NOT NULL,
  joined   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  actor    INTEGER NOT NULL,
  before   TEXT NOT NULL CHECK (json_valid(before)),
  after    TEXT NOT NULL CHECK (json_valid(after)),
  endedAt  INTEGER,
  FOREIGN KEY (tenant, kept) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, joined) REFERENCES customer (tenant, id),
  FOREIGN KEY (tenant, actor) REFERENCES user (tenant, id),
  CHECK (kept <> joined)
) STRICT;
CREATE UNIQUE INDEX customerJoinNow ON customerJoin (tenant, joined) WHERE endedAt IS NULL;
CREATE INDEX customerJoinOf ON customerJoin (tenant, kept);

-- Under whose number a conversation is held, where that is not the customer's own first one. `isMixed`: they wrote in it
-- from more than one.
CREATE TABLE joinedConversation (
  conversation INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL,
  address      INTEGER NOT NULL,
  isMixed      INTEGER NOT NULL DEFAULT 0 CHECK (isMixed IN (0, 1)),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  FOREIGN KEY (tenant, address) REFERENCES customer (tenant, id)
) STRICT;
CREATE INDEX joinedConversationOf ON joinedConversation (tenant, address);
