-- When Meta was heard for a number, hour by hour for some weeks: whether it has fallen silent shows against them.
CREATE TABLE channelHeard (
  tenant  INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  hour    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (tenant, channel, hour),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT, WITHOUT ROWID;

-- What Meta answered when an administrator last had a number checked; other credentials make it void.
CREATE TABLE channelCheck (
  tenant   INTEGER NOT NULL,
  channel  INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  findings TEXT NOT NULL CHECK (json_valid(findings)),
  PRIMARY KEY (tenant, channel),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT, WITHOUT ROWID;

-- When Meta last made sure that the webhook's address is ours, with this number's verify token.
ALTER TABLE channel ADD COLUMN verifiedAt INTEGER;

-- A text that is kept while its occasion is switched off.
ALTER TABLE automaticMessage ADD COLUMN isOn INTEGER NOT NULL DEFAULT 1 CHECK (isOn IN (0, 1));
