-- Texts that a person attached to documents that have none: a transcript of a recording, a scan
-- typed by hand. One stands at a time; what was taken off stays, with when and by whom.
CREATE TABLE transcript (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document (id),
    snapshot   INTEGER NOT NULL REFERENCES snapshot (id), -- the version that was typed
    sha256     TEXT NOT NULL REFERENCES content (sha256),
    name       TEXT NOT NULL,                             -- of the file
    media_type TEXT NOT NULL,
    reviewer   TEXT NOT NULL,
    at         TEXT NOT NULL,
    removed    TEXT NOT NULL DEFAULT '',
    removed_by TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX transcript_stands ON transcript (document) WHERE removed = '';
