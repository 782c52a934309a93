-- Who gets it: how a skillset gives its conversations away, how much its own are worth, and who joins in when it cannot.
ALTER TABLE skillset ADD COLUMN strategy TEXT NOT NULL DEFAULT 'least_loaded'
  CHECK (strategy IN ('least_loaded', 'longest_idle', 'round_robin', 'manual'));
ALTER TABLE skillset ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9);

CREATE TABLE skillsetOverflow (
  tenant       INTEGER NOT NULL,
  skillset     INTEGER NOT NULL,
  overflowTo   INTEGER NOT NULL,
  afterSeconds INTEGER NOT NULL CHECK (afterSeconds > 0),
  PRIMARY KEY (tenant, skillset),
  FOREIGN KEY (tenant, skillset) REFERENCES skillset (tenant, id),
  FOREIGN KEY (tenant, overflowTo) REFERENCES skillset (tenant, id),
  CHECK (overflowTo <> skillset)
) STRICT, WITHOUT ROWID;

-- lastTurn: an id made when the agent last got a conversation; ids rise with time and never repeat, moments do.
ALTER TABLE agent ADD COLUMN lastTurn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN missedOffers INTEGER NOT NULL DEFAULT 0 CHECK (missedOffers >= 0);
-- Why the appliance set the status; null when a person did.
ALTER TABLE agent ADD COLUMN statusReason TEXT CHECK (statusReason IN ('missed_offers'));

-- rank: its place in the queue, waitingSince less a head start for its priority; the smallest is served first.
-- joined: how many further skillsets have joined in its wait.
ALTER TABLE conversation ADD COLUMN rank INTEGER;
ALTER TABLE conversation ADD COLUMN joined INTEGER NOT NULL DEFAULT 0 CHECK (joined >= 0);
UPDATE conversation SET rank = waitingSince - priority * 120000 WHERE state IN ('queued', 'offered');
DROP INDEX conversationWaiting;
CREATE INDEX conversationWaiting ON conversation (tenant, skillset, rank) WHERE state = 'queued';

-- Queued conversations in the queues of the skillsets that have joined in.
CREATE TABLE conversationOverflow (
  tenant       INTEGER NOT NULL,
  skillset     INTEGER NOT NULL,
  rank         INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  PRIMARY KEY (tenant, skillset, rank, conversation),
  FOREIGN KEY (tenant, skillset) REFERENCES skillset (tenant, id),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversationOverflowOf ON conversationOverflow (tenant, conversation);
