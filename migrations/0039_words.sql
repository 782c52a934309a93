-- Finding what was said by its words. Messages and notes are indexed in the background, a moment after their commit and
-- in the order of their ids; what changes or goes afterwards changes the index in the same transaction, by the triggers
-- here, so that no way of writing to a message can forget it.

-- What the index is made of, told apart by where it comes from. What only speaks of another message says nothing itself.
CREATE VIEW wording (id, tenant, source, conversation, at, words) AS
  SELECT id, tenant, 'message', conversation, at, text FROM message WHERE kind NOT IN ('reaction', 'edit', 'revoke')
  UNION ALL
  SELECT id, tenant, 'note', conversation, at, text FROM note;

-- No copy of the text, and no lengths: what is found is shown by time, not by rank. Tenant and conversation are words of
-- their own columns, so that a search begins inside of them.
CREATE VIRTUAL TABLE wordIndex USING fts5 (
  tenant, conversation, words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
-- What is removed leaves no word behind.
INSERT INTO wordIndex (wordIndex, rank) VALUES ('secure-delete', 1);
-- Pieces of the index are put together in small steps of the background, never in the middle of somebody's command.
INSERT INTO wordIndex (wordIndex, rank) VALUES ('automerge', 0);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('crisismerge', 512);

CREATE VIRTUAL TABLE wordTerm USING fts5vocab (wordIndex, 'col');

-- Everything up to and including this id is in the index.
CREATE TABLE wordIndexing (
  source    TEXT NOT NULL PRIMARY KEY CHECK (source IN ('message', 'note')),
  indexedTo INTEGER NOT NULL
) STRICT;
INSERT INTO wordIndexing (source, indexedTo) VALUES ('message', 0), ('note', 0);

CREATE TRIGGER messageWordsChange AFTER UPDATE OF text, conversation ON message
WHEN (old.text <> new.text OR old.conversation <> new.conversation) AND old.kind NOT IN ('reaction', 'edit', 'revoke')
  AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'message')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, tenant, conversation, words)
    VALUES ('delete', old.id, old.tenant, old.conversation, old.text);
  INSERT INTO wordIndex (rowid, tenant, conversation, words) VALUES (new.id, new.tenant, new.conversation, new.text);
END;

CREATE TRIGGER messageWordsGo AFTER DELETE ON message
WHEN old.kind NOT IN ('reaction', 'edit', 'revoke')
  AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'message')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, tenant, conversation, words)
    VALUES ('delete', old.id, old.tenant, old.conversation, old.text);
END;

CREATE TRIGGER noteWordsChange AFTER UPDATE OF text, conversation ON note
WHEN (old.text <> new.text OR old.conversation <> new.conversation)
  AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'note')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, tenant, conversation, words)
    VALUES ('delete', old.id, old.tenant, old.conversation, old.text);
  INSERT INTO wordIndex (rowid, tenant, conversation, words) VALUES (new.id, new.tenant, new.conversation, new.text);
END;

CREATE TRIGGER noteWordsGo AFTER DELETE ON note
WHEN old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'note')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, tenant, conversation, words)
    VALUES ('delete', old.id, old.tenant, old.conversation, old.text);
END;

-- Who is called so, found without reading whole customers.
CREATE INDEX customerBySearched ON customer (tenant, searched);
