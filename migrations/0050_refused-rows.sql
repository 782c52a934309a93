-- A refused row as it stood in the file, beside the first thing that was wrong with it, so that it can be mended and brought
-- again; it goes with it.
ALTER TABLE customerImportProblem ADD COLUMN cells TEXT CHECK (json_valid(cells));
