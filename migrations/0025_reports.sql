-- Reports are answered from counters that are kept as things happen, and can be made again from what was recorded
-- (`sportello doctor --recount`).

-- How often something happened, or how long it took in all, in a span of the tenant's clocks (report/rules/calendar.ts):
-- `start` is the beginning of an hour, or a day, a month, an hour of the day as digits. `member`: the number, skillset,
-- agent or reason; 0 where there was none yet. None of them is a reference: what is deleted keeps its figures.
CREATE TABLE reportCounter (
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  grain     TEXT NOT NULL CHECK (grain IN ('hour', 'day', 'month', 'clock')),
  dimension TEXT NOT NULL CHECK (dimension IN ('channel', 'skillset', 'agent', 'reason')),
  measure   TEXT NOT NULL,
  start     INTEGER NOT NULL,
  member    INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  PRIMARY KEY (tenant, grain, dimension, measure, start, member)
) STRICT, WITHOUT ROWID;

-- How far the events of a conversation are counted, and where it stood then.
CREATE TABLE reportTally (
  conversation INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL,
  countedTo    INTEGER NOT NULL,
  closedAt     INTEGER,
  tally        TEXT NOT NULL CHECK (json_valid(tally)),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)
) STRICT;
CREATE INDEX reportTallyClosed ON reportTally (tenant, closedAt) WHERE closedAt IS NOT NULL;

-- The same of an agent's presence.
CREATE TABLE reportPresence (
  user      INTEGER NOT NULL PRIMARY KEY,
  tenant    INTEGER NOT NULL,
  countedTo INTEGER NOT NULL,
  status    TEXT NOT NULL CHECK (status IN ('ready', 'back_office', 'break')),
  isThere   INTEGER NOT NULL CHECK (isThere IN (0, 1)),
  since     INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT;

-- By whose clocks it was counted, since when: what was counted stays where it was counted.
CREATE TABLE reportZone (
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  since    INTEGER NOT NULL,
  timezone TEXT NOT NULL,
  PRIMARY KEY (tenant, since)
) STRICT, WITHOUT ROWID;
