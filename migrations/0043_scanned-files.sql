-- Whether a kept file has been looked at for viruses. NULL: it came while nobody looked. What waits is not shown, sent or
-- saved by anybody until the scanner has said something; `scanSays` is the virus's name, or why there is no answer yet.
ALTER TABLE mediaFile ADD COLUMN scan TEXT CHECK (scan IN ('waiting', 'clean', 'infected', 'unscanned'));
ALTER TABLE mediaFile ADD COLUMN scanTries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mediaFile ADD COLUMN scanAt INTEGER;
ALTER TABLE mediaFile ADD COLUMN scanSays TEXT;
CREATE INDEX mediaFileToScan ON mediaFile (scanAt) WHERE scan = 'waiting';

-- The scanner is the appliance's: what its operator has chosen, as each tenant may read it. Empty or NULL: there is none.
CREATE VIEW virusScanner AS
SELECT tenant.id AS tenant, appliance.settings ->> '$.virusScanner' AS address
  FROM tenant LEFT JOIN tenant AS appliance ON appliance.slug = 'appliance';

-- A file of which a part has come: it goes on from there when the line is back, and is let go after a day.
CREATE TABLE partialUpload (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  user         INTEGER NOT NULL,
  conversation INTEGER NOT NULL,
  clientId     TEXT NOT NULL,
  file         INTEGER,
  size         INTEGER NOT NULL,
  attempt      INTEGER NOT NULL,
  startedAt    INTEGER NOT NULL,
  UNIQUE (tenant, user, conversation, clientId),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant, file) REFERENCES mediaFile (tenant, id)
) STRICT;
CREATE INDEX partialUploadOfFile ON partialUpload (tenant, file) WHERE file IS NOT NULL;
