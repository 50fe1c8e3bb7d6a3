-- Meetings that documents record, announce or mention: the register from which coverage is told.
CREATE TABLE meeting (
    document INTEGER NOT NULL REFERENCES document (id),
    body     TEXT NOT NULL,                     -- as the document names it
    date     TEXT NOT NULL,                     -- ISO
    known    TEXT NOT NULL CHECK (known IN ('record', 'agenda', 'calendar', 'mention')),
    start    INTEGER NOT NULL,                  -- bytes in the text of the reading; both 0: the whole document
    stop     INTEGER NOT NULL,
    PRIMARY KEY (document, body, date)
) WITHOUT ROWID;

-- What was read before this table is looked through again.
INSERT OR IGNORE INTO work (stage, subject) SELECT 'extract', document.id FROM document JOIN reading ON reading.snapshot = document.snapshot;
