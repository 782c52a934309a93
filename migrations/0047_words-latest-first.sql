-- The index of words again, in another order. A tenant was a word of its own column, and every search had to meet it at
-- each of its hits; now each tenant has a stretch of the index to itself, in which what was said last comes first. So a
-- search begins where its tenant begins and ends when it has enough. It is filled anew in the background.

DROP TRIGGER messageWordsChange;
DROP TRIGGER messageWordsGo;
DROP TRIGGER noteWordsChange;
DROP TRIGGER noteWordsGo;
DROP TABLE wordTerm;
-- What was in it may not stay behind in what is free of the file.
PRAGMA secure_delete = ON;
DROP TABLE wordIndex;
DROP TABLE wordIndexing;

-- A row's place is tenant * 2^50 - id, and its conversation is a word that nobody types (src/database/places.ts).
CREATE VIRTUAL TABLE wordIndex USING fts5 (
  conversation, words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('secure-delete', 1);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('automerge', 0);
-- Every word is looked up in every piece: two of a size are put together already.
INSERT INTO wordIndex (wordIndex, rank) VALUES ('usermerge', 2);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('crisismerge', 512);

-- Words and how often there are, and single uses of them: in the latter the next word is found without counting this one.
CREATE VIRTUAL TABLE wordTerm USING fts5vocab (wordIndex, 'col');
CREATE VIRTUAL TABLE wordUse USING fts5vocab (wordIndex, 'instance');

-- Where and when what is in the index was said: dense, so that thousands of hits are told apart in a moment, while their
-- messages lie all over the file.
CREATE TABLE wordOrigin (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  conversation INTEGER NOT NULL,
  at           INTEGER NOT NULL
) STRICT;

-- Names and numbers of customers, three letters at a time: what somebody types may be the middle of them.
CREATE VIRTUAL TABLE nameIndex USING fts5 (
  searched, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO nameIndex (nameIndex, rank) VALUES ('secure-delete', 1);
INSERT INTO nameIndex (nameIndex, rank) VALUES ('automerge', 0);
INSERT INTO nameIndex (nameIndex, rank) VALUES ('usermerge', 2);
INSERT INTO nameIndex (nameIndex, rank) VALUES ('crisismerge', 512);

-- Everything up to and including this id is in its index.
CREATE TABLE wordIndexing (
  source    TEXT NOT NULL PRIMARY KEY CHECK (source IN ('message', 'note', 'customer')),
  indexedTo INTEGER NOT NULL
) STRICT;
INSERT INTO wordIndexing (source, indexedTo) VALUES ('message', 0), ('note', 0), ('customer', 0);

CREATE TRIGGER messageWordsChange AFTER UPDATE OF text, conversation ON message
WHEN (old.text <> new.text OR old.conversation <> new.conversation) AND old.kind NOT IN ('reaction', 'edit', 'revoke')
  AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'message')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, conversation, words)
    VALUES ('delete', old.tenant * 1125899906842624 - old.id, char(63743) || old.conversation, old.text);
  INSERT INTO wordIndex (rowid, conversation, words)
    VALUES (new.tenant * 1125899906842624 - new.id, char(63743) || new.conversation, new.text);
END;

CREATE TRIGGER messageWordsGo AFTER DELETE ON message
WHEN old.kind NOT IN ('reaction', 'edit', 'revoke')
  AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'message')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, conversation, words)
    VALUES ('delete', old.tenant * 1125899906842624 - old.id, char(63743) || old.conversation, old.text);
  DELETE FROM wordOrigin WHERE id = old.id;
END;

CREATE TRIGGER noteWordsChange AFTER UPDATE OF text, conversation ON note
WHEN (old.text <> new.text OR old.conversation <> new.conversation)
  AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'note')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, conversation, words)
    VALUES ('delete', old.tenant * 1125899906842624 - old.id, char(63743) || old.conversation, old.text);
  INSERT INTO wordIndex (rowid, conversation, words)
    VALUES (new.tenant * 1125899906842624 - new.id, char(63743) || new.conversation, new.text);
END;

CREATE TRIGGER noteWordsGo AFTER DELETE ON note
WHEN old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'note')
BEGIN
  INSERT INTO wordIndex (wordIndex, rowid, conversation, words)
    VALUES ('delete', old.tenant * 1125899906842624 - old.id, char(63743) || old.conversation, old.text);
  DELETE FROM wordOrigin WHERE id = old.id;
END;

CREATE TRIGGER messageMoves AFTER UPDATE OF conversation, at ON message
WHEN old.conversation <> new.conversation OR old.at <> new.at
BEGIN
  UPDATE wordOrigin SET conversation = new.conversation, at = new.at WHERE id = old.id;
END;

CREATE TRIGGER noteMoves AFTER UPDATE OF conversation, at ON note
WHEN old.conversation <> new.conversation OR old.at <> new.at
BEGIN
  UPDATE wordOrigin SET conversation = new.conversation, at = new.at WHERE id = old.id;
END;

CREATE TRIGGER customerNamesChange AFTER UPDATE OF searched ON customer
WHEN old.searched <> new.searched AND old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'customer')
BEGIN
  INSERT INTO nameIndex (nameIndex, rowid, searched)
    VALUES ('delete', old.tenant * 1125899906842624 - old.id, old.searched);
  INSERT INTO nameIndex (rowid, searched) VALUES (new.tenant * 1125899906842624 - new.id, new.searched);
END;

CREATE TRIGGER customerNamesGo AFTER DELETE ON customer
WHEN old.id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'customer')
BEGIN
  INSERT INTO nameIndex (nameIndex, rowid, searched)
    VALUES ('delete', old.tenant * 1125899906842624 - old.id, old.searched);
END;
