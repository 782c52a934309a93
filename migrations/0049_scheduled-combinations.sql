-- Whose figures a report by mail tells of, as on its page; [] is everybody. Of several at once they are counted again in the
-- background: until that is done the days that are owed stand here, and are counted after a restart.
ALTER TABLE reportSchedule ADD COLUMN filters TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(filters));
ALTER TABLE reportSchedule ADD COLUMN owedFrom INTEGER;
ALTER TABLE reportSchedule ADD COLUMN owedTo INTEGER;
