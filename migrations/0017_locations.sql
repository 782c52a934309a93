-- Places of the tenant that agents send; what was sent keeps its own copy.
CREATE TABLE location (
  id        INTEGER NOT NULL PRIMARY KEY,
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  name      TEXT NOT NULL,
  address   TEXT NOT NULL,
  latitude  REAL NOT NULL CHECK (latitude BETWEEN -90 AND 90),
  longitude REAL NOT NULL CHECK (longitude BETWEEN -180 AND 180),
  version   INTEGER NOT NULL,
  UNIQUE (tenant, name)
) STRICT;
