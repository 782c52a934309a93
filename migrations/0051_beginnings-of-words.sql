-- The index of words again, which now has lists of the beginnings of three and of four letters. A hundred words may begin
-- so, and each was looked up in every piece of the index; longer beginnings have few. It is filled anew in the background.

-- What was in it may not stay behind in what is free of the file.
PRAGMA secure_delete = ON;
DROP TABLE wordTerm;
DROP TABLE wordUse;
DROP TABLE wordIndex;
CREATE VIRTUAL TABLE wordIndex USING fts5 (
  conversation, words, content = '', columnsize = 0, prefix = '3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('secure-delete', 1);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('automerge', 0);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('usermerge', 2);
INSERT INTO wordIndex (wordIndex, rank) VALUES ('crisismerge', 512);
CREATE VIRTUAL TABLE wordTerm USING fts5vocab (wordIndex, 'col');
CREATE VIRTUAL TABLE wordUse USING fts5vocab (wordIndex, 'instance');

DROP TABLE wordOrigin;
CREATE TABLE wordOrigin (
  id           INTEGER NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  conversation INTEGER NOT NULL,
  at           INTEGER NOT NULL
) STRICT;
UPDATE wordIndexing SET indexedTo = 0 WHERE source IN ('message', 'note');
