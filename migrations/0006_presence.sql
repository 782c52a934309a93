-- A supervisor's word over the hours of a number, until it ends by itself.
CREATE TABLE forcedHours (
  channel INTEGER NOT NULL PRIMARY KEY,
  tenant  INTEGER NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  since   INTEGER NOT NULL,
  until   INTEGER NOT NULL CHECK (until > since),
  setBy   INTEGER NOT NULL,
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id),
  FOREIGN KEY (tenant, setBy) REFERENCES user (tenant, id)
) STRICT;

-- Every change of an agent's presence: of the status that is chosen, or of the link that is observed.
CREATE TABLE presenceChange (
  id     INTEGER NOT NULL PRIMARY KEY,
  tenant INTEGER NOT NULL,
  user   INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  part   TEXT NOT NULL CHECK (part IN ('status', 'link')),
  was    TEXT NOT NULL,
  became TEXT NOT NULL,
  setBy  INTEGER,
  reason TEXT NOT NULL,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, setBy) REFERENCES user (tenant, id)
) STRICT;
CREATE INDEX presenceChangeOf ON presenceChange (tenant, user, at);
