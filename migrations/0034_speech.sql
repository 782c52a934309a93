-- What turns speech into text for a tenant; the key of the server is sealed with the key file.
CREATE TABLE speechEngine (
  tenant    INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  kind      TEXT NOT NULL CHECK (kind IN ('off', 'server', 'device', 'cloud')),
  url       TEXT NOT NULL,
  model     TEXT NOT NULL,
  languages TEXT NOT NULL,
  key       BLOB,
  CHECK (kind <> 'server' OR (url <> '' AND model <> ''))
) STRICT;

-- In which language an agent dictates to a customer; nothing of what is said is kept.
CREATE TABLE dictationLanguage (
  tenant   INTEGER NOT NULL,
  user     INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (tenant, user, customer),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id),
  FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dictationLanguageOfCustomer ON dictationLanguage (tenant, customer);

-- Who was told that the browser's vendor hears what they dictate, and went on.
CREATE TABLE dictationNotice (
  tenant      INTEGER NOT NULL,
  user        INTEGER NOT NULL,
  confirmedAt INTEGER NOT NULL,
  PRIMARY KEY (tenant, user),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
