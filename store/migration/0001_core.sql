-- What was published, what it says, what was claimed, what contradicts it, what people decided.
-- Times are RFC 3339 UTC text of fixed width; days are ISO 8601 text, '' when unknown.

CREATE TABLE document (
    id              INTEGER PRIMARY KEY,
    url             TEXT NOT NULL UNIQUE,
    source          TEXT NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('statement', 'record', 'both')),
    body            TEXT NOT NULL,
    visibility      TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    media_type      TEXT NOT NULL DEFAULT '',
    announced_title TEXT NOT NULL DEFAULT '',   -- by the listing, the feed or the operator
    announced_date  TEXT NOT NULL DEFAULT '',
    charset         TEXT NOT NULL DEFAULT '',
    title           TEXT NOT NULL DEFAULT '',   -- as read
    date            TEXT NOT NULL DEFAULT '',
    lang            TEXT NOT NULL DEFAULT '',
    video_url       TEXT NOT NULL DEFAULT '',
    duplicate_of    INTEGER REFERENCES document (id),
    first_seen      TEXT NOT NULL,
    gone_at         TEXT NOT NULL DEFAULT '',
    snapshot        INTEGER                     -- the current one
);
CREATE INDEX document_date ON document (date);

-- The bytes, once for each distinct content. Never changed, never cut.
CREATE TABLE content (
    sha256 TEXT PRIMARY KEY,                    -- of the plain bytes, hexadecimal
    size   INTEGER NOT NULL,
    packed BLOB NOT NULL                        -- DEFLATE
);

CREATE TABLE snapshot (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document (id),
    sha256     TEXT NOT NULL REFERENCES content (sha256),
    final_url  TEXT NOT NULL,
    media_type TEXT NOT NULL,
    status     INTEGER NOT NULL,
    header     TEXT NOT NULL,                   -- JSON
    fetched_at TEXT NOT NULL
);
CREATE INDEX snapshot_document ON snapshot (document, id);

CREATE TABLE reading (
    snapshot INTEGER PRIMARY KEY REFERENCES snapshot (id),
    engine   TEXT NOT NULL,                     -- version of the readers that made it
    state    TEXT NOT NULL,
    note     TEXT NOT NULL DEFAULT '',
    read_at  TEXT NOT NULL,
    packed   BLOB NOT NULL                      -- DEFLATE of the JSON of document.Reading
);

-- Passages of current readings, for people's searches.
CREATE TABLE passage (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    start    INTEGER NOT NULL,                  -- bytes in the text of the reading
    stop     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    page     INTEGER NOT NULL,
    timed    INTEGER NOT NULL,
    at       REAL NOT NULL,
    heading  TEXT NOT NULL,
    text     TEXT NOT NULL
);
CREATE INDEX passage_document ON passage (document);

-- Stems made in Go: FTS5's own tokenizers do not find « subventions » from « subvention ».
CREATE VIRTUAL TABLE passage_search USING fts5 (
    stems, content = '', contentless_delete = 1, detail = full,
    tokenize = "unicode61 remove_diacritics 2"
);

-- Sentences of a record that may serve as evidence, for the index in memory.
CREATE TABLE record (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    snapshot INTEGER NOT NULL REFERENCES snapshot (id),
    packed   BLOB NOT NULL                      -- DEFLATE of the JSON of []claims.Evidence
);

CREATE TABLE claim (
    id         TEXT PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document (id),
    snapshot   INTEGER NOT NULL REFERENCES snapshot (id),   -- the first that holds it
    start      INTEGER NOT NULL,                            -- bytes in that snapshot's text
    stop       INTEGER NOT NULL,
    quote      TEXT NOT NULL,
    speaker    TEXT NOT NULL,
    date       TEXT NOT NULL,
    worth      INTEGER NOT NULL,
    worthiness REAL NOT NULL,
    topic      TEXT NOT NULL,
    repeats    TEXT NOT NULL DEFAULT '',
    origin     TEXT NOT NULL DEFAULT 'engine',              -- or the reviewer who marked it
    edited_out TEXT NOT NULL DEFAULT '',                    -- when a later version lost it
    found_at   TEXT NOT NULL,
    body       BLOB NOT NULL                                -- JSON of claims.Claim
);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_speaker ON claim (speaker);

CREATE TABLE link (
    id          TEXT PRIMARY KEY,               -- fingerprint of claim, kind and evidence
    claim       TEXT NOT NULL REFERENCES claim (id),
    kind        TEXT NOT NULL,
    score       REAL NOT NULL,
    calibration TEXT NOT NULL,
    visibility  TEXT NOT NULL,
    status      TEXT NOT NULL DEFAULT 'new',    -- what the verdicts amount to
    origin      TEXT NOT NULL DEFAULT 'engine',
    withdrawn   TEXT NOT NULL DEFAULT '',       -- when the engine stopped proposing it
    imported    INTEGER NOT NULL DEFAULT 0,     -- found by the first import of an archive
    found_at    TEXT NOT NULL,
    body        BLOB NOT NULL                   -- JSON of claims.Link without its claim
);
CREATE INDEX link_claim ON link (claim);
CREATE INDEX link_queue ON link (status, score DESC);

-- A verdict is a new row, never an update.
CREATE TABLE verdict (
    id       INTEGER PRIMARY KEY,
    link     TEXT NOT NULL REFERENCES link (id),
    reviewer TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason   TEXT NOT NULL DEFAULT '',
    note     TEXT NOT NULL DEFAULT '',
    at       TEXT NOT NULL,
    undoes   INTEGER REFERENCES verdict (id)
);
CREATE INDEX verdict_link ON verdict (link, id);
CREATE TRIGGER verdict_is_never_changed BEFORE UPDATE ON verdict
BEGIN SELECT raise(ABORT, 'a verdict is a new row, never an update'); END;
CREATE TRIGGER verdict_is_never_lost BEFORE DELETE ON verdict
BEGIN SELECT raise(ABORT, 'a verdict is never deleted'); END;

-- Work left to do. A row is taken with a lease, so that a killed worker's work is taken again.
CREATE TABLE work (
    stage    TEXT NOT NULL,                     -- 'read', 'extract', 'link'
    subject  TEXT NOT NULL,                     -- snapshot id or claim id
    attempts INTEGER NOT NULL DEFAULT 0,
    leased   TEXT NOT NULL DEFAULT '',          -- until when
    error    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (stage, subject)
) WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
