-- What is taken out of use keeps what was said with it: a tree whose reasons were used for closings, and a tag that
-- stands on conversations and customers.
ALTER TABLE profilingTree ADD COLUMN retiredAt INTEGER;
ALTER TABLE tag ADD COLUMN retiredAt INTEGER;
