-- What did not leave with the mail that was to carry it, and why: a pair that was rejected, withdrawn
-- or made private while the mail waited, or the whole mail (item ''). What was dropped counts as
-- carried no longer, and never comes back into that mail.
CREATE TABLE mail_drop (
    mail   INTEGER NOT NULL REFERENCES mail (id),
    item   TEXT NOT NULL,               -- '' for the mail itself
    reason TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (mail, item)
) WITHOUT ROWID;

-- Makes the Message-ID one that only who has the mail knows: a bounce is believed by it. Mails of
-- before have none, and the Message-ID that they had.
ALTER TABLE mail ADD COLUMN salt TEXT NOT NULL DEFAULT '';

-- « pas pour moi » can be taken back, by « hear ».
ALTER TABLE mail_answer RENAME TO mail_answer_before;
DROP INDEX mail_answer_item;
CREATE TABLE mail_answer (
    id        INTEGER PRIMARY KEY,
    digest    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    item      TEXT NOT NULL,            -- id of the link
    answer    TEXT NOT NULL CHECK (answer IN ('useful', 'wrong', 'mute', 'hear')),
    at        TEXT NOT NULL
);
INSERT INTO mail_answer SELECT id, digest, recipient, item, answer, at FROM mail_answer_before;
DROP TABLE mail_answer_before;
CREATE INDEX mail_answer_item ON mail_answer (item, id);
