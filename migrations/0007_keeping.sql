-- What is kept for one agent: since when they are away while the conversation is theirs, and when people were told that
-- it has been kept for too long.
ALTER TABLE conversation ADD COLUMN awaySince INTEGER;
ALTER TABLE conversation ADD COLUMN alertedAt INTEGER;
UPDATE conversation
SET awaySince = (SELECT linkSince FROM agent WHERE agent.tenant = conversation.tenant AND agent.user = conversation.owner)
WHERE state = 'active' AND owner IN (SELECT user FROM agent WHERE link = 'gone');
