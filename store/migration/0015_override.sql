-- What reviewers put right of what the program reads: the speaker of a claim, a person of the directory,
-- the body of a document, an entry of the glossary. Each is a new row; of a subject, the last that was not
-- taken back stands, over readings, extractions and configurations to come.
CREATE TABLE override (
    id       INTEGER PRIMARY KEY,
    act      INTEGER NOT NULL,                  -- first row of what was done at once, and is undone at once
    kind     TEXT NOT NULL CHECK (kind IN ('speaker', 'person', 'body', 'term')),
    subject  TEXT NOT NULL,                     -- id of the claim, key of the person, address of the document, name of the entry
    before   TEXT NOT NULL,                     -- JSON; 'null' when nobody had put it right
    after    TEXT NOT NULL,
    moved    TEXT NOT NULL DEFAULT '{}',        -- JSON: claims that changed their speaker, and whose they were
    reviewer TEXT NOT NULL,
    at       TEXT NOT NULL,
    undoes   INTEGER REFERENCES override (id)
);
CREATE INDEX override_subject ON override (kind, subject, id);
CREATE INDEX override_undoes ON override (undoes);
CREATE TRIGGER override_is_never_changed BEFORE UPDATE ON override
WHEN NOT (NEW.id = OLD.id AND NEW.act = OLD.act AND NEW.kind = OLD.kind AND NEW.subject = OLD.subject AND NEW.before = OLD.before
    AND NEW.after = OLD.after AND NEW.moved = OLD.moved AND NEW.at = OLD.at AND NEW.undoes IS OLD.undoes AND NEW.reviewer = '(effacé)')
BEGIN SELECT raise(ABORT, 'a correction is a new row, never an update'); END;
CREATE TRIGGER override_is_never_lost BEFORE DELETE ON override
BEGIN SELECT raise(ABORT, 'a correction is never deleted'); END;

-- The institution of a document was put right: it goes before the one that its text names.
ALTER TABLE document ADD COLUMN body_set INTEGER NOT NULL DEFAULT 0;

-- The directory of persons as it was last learned, without what reviewers put right.
CREATE TABLE directory (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    packed BLOB NOT NULL                        -- DEFLATE of the JSON of []claims.Listed
);
