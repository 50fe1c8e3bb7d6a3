-- The outbox: letters, the mails that carry them, and what was carried to whom. A mail and what
-- it carries are written together; that a run was composed is written with them.

CREATE TABLE letter (
    id     INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    run    TEXT NOT NULL,               -- the scheduled moment, or what an alarm is about
    packed BLOB NOT NULL                -- DEFLATE of the JSON of digest.Letter
);
CREATE INDEX letter_run ON letter (digest, run);

CREATE TABLE mail (
    id         INTEGER PRIMARY KEY,
    letter     INTEGER NOT NULL REFERENCES letter (id),
    digest     TEXT NOT NULL,
    run        TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'refused', 'withdrawn')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    not_before TEXT NOT NULL,           -- next attempt, or the end of the lease of the one under way
    answer     TEXT NOT NULL DEFAULT '',-- of the server, or why it could not be reached
    queued_at  TEXT NOT NULL,
    ended_at   TEXT NOT NULL DEFAULT '',
    UNIQUE (digest, run, recipient)
);
CREATE INDEX mail_due ON mail (not_before, id) WHERE state = 'queued';

-- Each item once to each recipient of a digest.
CREATE TABLE mail_item (
    digest    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    item      TEXT NOT NULL,            -- id of the link
    mail      INTEGER NOT NULL REFERENCES mail (id),
    PRIMARY KEY (digest, recipient, item)
) WITHOUT ROWID;

CREATE TABLE mail_run (
    digest TEXT NOT NULL,
    run    TEXT NOT NULL,
    result TEXT NOT NULL,               -- 'first seen', 'quiet', or how many mails
    at     TEXT NOT NULL,
    PRIMARY KEY (digest, run)
) WITHOUT ROWID;

-- Addresses to which nothing is sent: digest '' stands for all of them.
CREATE TABLE mail_stop (
    address TEXT NOT NULL,
    digest  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (address, digest)
) WITHOUT ROWID;
