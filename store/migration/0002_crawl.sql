-- What the crawler must remember between runs. Deleting all of it loses no document: the next
-- run asks for everything again.

CREATE TABLE crawl_page (
    url           TEXT PRIMARY KEY,             -- canonical
    etag          TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    final_url     TEXT NOT NULL DEFAULT '',     -- that gave the validators, when redirected
    sha256        TEXT NOT NULL DEFAULT '',
    listing       INTEGER NOT NULL DEFAULT 0,
    links         BLOB,                         -- DEFLATE of the JSON of []crawler.Link
    checked       TEXT NOT NULL DEFAULT '',
    changed       TEXT NOT NULL DEFAULT '',
    missing       INTEGER NOT NULL DEFAULT 0,   -- times in a row
    gone          TEXT NOT NULL DEFAULT '',
    trouble       TEXT NOT NULL DEFAULT '',     -- last one told
    trouble_since TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- Found and not done: what a killed run leaves to the next one.
CREATE TABLE crawl_task (
    id         INTEGER PRIMARY KEY,
    source     TEXT NOT NULL,
    url        TEXT NOT NULL,
    not_before TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL,                   -- JSON of crawler.Task
    UNIQUE (source, url)
);

CREATE TABLE crawl_robots (
    origin  TEXT PRIMARY KEY,                   -- https://host:port
    status  INTEGER NOT NULL,                   -- 0 when nothing answered
    text    TEXT NOT NULL,
    fetched TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE crawl_host (
    name      TEXT PRIMARY KEY,
    not_until TEXT NOT NULL,
    failures  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE crawl_health (
    source TEXT PRIMARY KEY,
    body   TEXT NOT NULL                        -- JSON of crawler.Health
) WITHOUT ROWID;
