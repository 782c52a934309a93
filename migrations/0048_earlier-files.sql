-- Kept files that no virus scanner has looked at: they came while none was named, or were let through while it was silent.
-- Once one is named it looks at them in the background; what it refuses to look at is not handed to it again.
CREATE INDEX mediaFileNotLookedAt ON mediaFile (id)
  WHERE sha256 IS NOT NULL AND (scan IS NULL OR (scan = 'unscanned' AND scanSays IS NOT 'refused'));
CREATE INDEX mediaFileInfected ON mediaFile (id) WHERE scan = 'infected';
