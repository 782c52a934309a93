-- What has been removed since was counted as this: counters can be made again from it and from what is still recorded.
CREATE TABLE settledCounter (
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  grain     TEXT NOT NULL CHECK (grain IN ('hour', 'day', 'month', 'clock')),
  dimension TEXT NOT NULL CHECK (dimension IN ('channel', 'skillset', 'agent', 'reason')),
  measure   TEXT NOT NULL,
  start     INTEGER NOT NULL,
  member    INTEGER NOT NULL,
  value     INTEGER NOT NULL,
  PRIMARY KEY (tenant, grain, dimension, measure, start, member)
) STRICT, WITHOUT ROWID;

-- Where an agent's presence stood at the last of its changes that was removed.
CREATE TABLE settledPresence (
  user      INTEGER NOT NULL PRIMARY KEY,
  tenant    INTEGER NOT NULL,
  countedTo INTEGER NOT NULL,
  status    TEXT NOT NULL CHECK (status IN ('ready', 'back_office', 'break')),
  isThere   INTEGER NOT NULL CHECK (isThere IN (0, 1)),
  since     INTEGER NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT;
