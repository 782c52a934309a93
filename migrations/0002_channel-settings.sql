-- A service number's own choices: its clocks (null: the tenant's), and how it behaves.
ALTER TABLE channel ADD COLUMN timezone TEXT;
ALTER TABLE channel ADD COLUMN settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings));
