-- How a company looks: the name it shows, the colour of what is pressed, its picture. Found by its hash by whoever shows it.
CREATE TABLE brand (
  tenant     INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  name       TEXT,
  accent     TEXT,
  logoType   TEXT,
  logoHash   TEXT,
  logoWidth  INTEGER,
  logoHeight INTEGER,
  logo       BLOB,
  CHECK ((logo IS NULL) = (logoHash IS NULL) AND (logo IS NULL) = (logoType IS NULL))
) STRICT;
CREATE INDEX brandByLogo ON brand (logoHash) WHERE logoHash IS NOT NULL;
