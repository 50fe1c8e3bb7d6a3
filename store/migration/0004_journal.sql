-- The journal of evidence: append-only, each entry chained to the one before by its hash
-- (evidence.JournalEntry). A lawful erasure empties body and salt of an entry, keeps its
-- digest, and is itself an entry.
CREATE TABLE journal (
    number   INTEGER PRIMARY KEY CHECK (number > 0),
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,                     -- JSON; '' when erased
    salt     TEXT NOT NULL,                     -- '' when erased
    digest   TEXT NOT NULL,                     -- SHA-256 of salt, NUL and body
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
);
CREATE INDEX journal_subject ON journal (kind, subject);
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
WHEN NOT (NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.kind = OLD.kind AND NEW.subject = OLD.subject AND NEW.digest = OLD.digest
    AND NEW.previous = OLD.previous AND NEW.hash = OLD.hash AND NEW.body = '' AND NEW.salt = '')
BEGIN SELECT raise(ABORT, 'a journal entry is never changed, only its text erased'); END;
CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'a journal entry is never deleted'); END;

-- A verdict is a new row, never an update; but a name and a note can be erased by law.
DROP TRIGGER verdict_is_never_changed;
CREATE TRIGGER verdict_is_never_changed BEFORE UPDATE ON verdict
WHEN NOT (NEW.id = OLD.id AND NEW.link = OLD.link AND NEW.decision = OLD.decision AND NEW.reason = OLD.reason AND NEW.at = OLD.at
    AND NEW.undoes IS OLD.undoes AND NEW.reviewer = '(effacé)' AND NEW.note = '')
BEGIN SELECT raise(ABORT, 'a verdict is a new row, never an update'); END;

-- How a pair was published, word for word: what changed since is shown with its date.
CREATE TABLE publication (
    id     INTEGER PRIMARY KEY,
    link   TEXT NOT NULL REFERENCES link (id),
    at     TEXT NOT NULL,
    sha256 TEXT NOT NULL,                       -- of lines
    lines  TEXT NOT NULL                        -- JSON of []string; '[]' when it was taken back
);
CREATE INDEX publication_link ON publication (link, id);
