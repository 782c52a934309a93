-- Which columns of a list a person wants to see; without a row the usual ones.
CREATE TABLE listColumns (
  tenant  INTEGER NOT NULL,
  user    INTEGER NOT NULL,
  list    TEXT NOT NULL,
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  PRIMARY KEY (tenant, user, list),
  FOREIGN KEY (tenant, user) REFERENCES user (tenant, id)
) STRICT, WITHOUT ROWID;
