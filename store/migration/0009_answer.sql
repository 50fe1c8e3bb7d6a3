-- What readers answer from a mail: each answer is a row, the last one of a reader and item stands.
CREATE TABLE mail_answer (
    id        INTEGER PRIMARY KEY,
    digest    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    item      TEXT NOT NULL,            -- id of the link
    answer    TEXT NOT NULL CHECK (answer IN ('useful', 'wrong', 'mute')),
    at        TEXT NOT NULL
);
CREATE INDEX mail_answer_item ON mail_answer (item, id);

-- Mails of the box of bounces that were looked at.
CREATE TABLE mail_bounce (
    id TEXT PRIMARY KEY,                -- of its content
    at TEXT NOT NULL
) WITHOUT ROWID;
