-- Reports that are sent by mail, again and again.
CREATE TABLE reportSchedule (
  id         INTEGER NOT NULL PRIMARY KEY,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  report     TEXT NOT NULL,
  rows       TEXT NOT NULL,
  every      TEXT NOT NULL CHECK (every IN ('day', 'week', 'month')),
  recipients TEXT NOT NULL CHECK (json_valid(recipients)),
  language   TEXT NOT NULL,
  -- The last moment at which it was due and seen to.
  doneUntil  INTEGER NOT NULL,
  UNIQUE (tenant, id)
) STRICT;
