-- What a person is told once, outside of any page: kept until it is pushed out by newer ones.
CREATE TABLE notice (
  id     INTEGER NOT NULL PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  user   INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  data   TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  at     INTEGER NOT NULL,
  seenAt INTEGER,
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT;
CREATE INDEX noticeOfUser ON notice (tenant, user);
CREATE INDEX noticeUnseen ON notice (tenant, user) WHERE seenAt IS NULL;
