-- Of which 24 hours the agent has been told that they are nearly over, by their end; and until when the sender of a
-- template has its conversation on screen, who then gets the answer although not Ready.
ALTER TABLE conversation ADD COLUMN warnedFor INTEGER;
ALTER TABLE conversation ADD COLUMN onScreenUntil INTEGER;

-- What agents have open or put aside as this comes, and whose 24 hours are not over yet: an hour before, by the quarter.
INSERT INTO timer (tenant, subject, kind, at)
SELECT tenant, id, 'window_warning', (windowEndsAt - 3600000) / 900000 * 900000
  FROM conversation
 WHERE windowEndsAt IS NOT NULL AND (state = 'active' OR (state = 'parked' AND parkedAs = 'personal'));
