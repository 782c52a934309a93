-- Text that agents pick instead of writing it, with what the customer may choose under it. What was sent keeps its own copy.
CREATE TABLE predefinedMessage (
  id        INTEGER NOT NULL PRIMARY KEY,
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  category  TEXT NOT NULL,
  title     TEXT NOT NULL,
  language  TEXT NOT NULL,
  text      TEXT NOT NULL,
  choices   TEXT CHECK (json_valid(choices)),
  enabled   INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  UNIQUE (tenant, category, title, language)
) STRICT;
