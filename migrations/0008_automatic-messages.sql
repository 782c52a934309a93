-- What a number says by itself, one text for each occasion and language; an occasion without any is switched off.
CREATE TABLE automaticMessage (
  tenant   INTEGER NOT NULL,
  channel  INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  language TEXT NOT NULL,
  text     TEXT NOT NULL CHECK (length(text) > 0),
  PRIMARY KEY (tenant, channel, kind, language),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id)
) STRICT, WITHOUT ROWID;

-- When a customer last heard which of them from a number, so that nobody hears it twice. endsAt: until when the occasion
-- itself lasts, where it has an end.
CREATE TABLE automaticMessageSaid (
  tenant   INTEGER NOT NULL,
  channel  INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  customer INTEGER NOT NULL,
  saidAt   INTEGER NOT NULL,
  endsAt   INTEGER,
  PRIMARY KEY (tenant, channel, kind, customer),
  FOREIGN KEY (tenant, channel) REFERENCES channel (tenant, id),
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX automaticMessageSaidTo ON automaticMessageSaid (tenant, customer);
