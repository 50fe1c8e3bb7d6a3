-- Requests for the records of meetings that were not published. Days are ISO; '' not yet.
CREATE TABLE document_request (
    body     TEXT NOT NULL,
    meeting  TEXT NOT NULL,
    sent     TEXT NOT NULL,
    answered TEXT NOT NULL DEFAULT '',
    outcome  TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'given', 'refused')),
    referred TEXT NOT NULL DEFAULT '',          -- to the CADA
    PRIMARY KEY (body, meeting)
) WITHOUT ROWID;
