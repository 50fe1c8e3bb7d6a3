-- What the review pages need: a narrow copy of the links to filter and count by the hundred
-- thousand, and what people add beside verdicts.

-- Kept in step by the triggers below; `body`, `speaker`, `topic` and `date` are the claim's.
CREATE TABLE queue (
    number     INTEGER PRIMARY KEY,
    link       TEXT NOT NULL UNIQUE REFERENCES link (id),
    claim      TEXT NOT NULL,
    first      TEXT NOT NULL,                   -- the claim, or the one that it repeats
    record     TEXT NOT NULL,                   -- address and place of the first evidence
    kind       TEXT NOT NULL,
    score      REAL NOT NULL,
    status     TEXT NOT NULL,
    visibility TEXT NOT NULL,
    withdrawn  INTEGER NOT NULL,
    found_at   TEXT NOT NULL,
    speaker    TEXT NOT NULL,
    topic      TEXT NOT NULL,
    date       TEXT NOT NULL,
    body       TEXT NOT NULL,
    assigned   TEXT NOT NULL DEFAULT '',        -- name of the reviewer
    snoozed    TEXT NOT NULL DEFAULT ''         -- ISO day until which it is out of sight
);
CREATE INDEX queue_order ON queue (status, withdrawn, visibility, score DESC, link);
CREATE INDEX queue_all ON queue (score DESC, link);
CREATE INDEX queue_facets ON queue (withdrawn, visibility, snoozed, status, kind, body, topic, speaker);
CREATE INDEX queue_claim ON queue (first);
CREATE INDEX queue_record ON queue (record);

-- Stems of claim and evidence, made in Go; rowid is queue.number.
CREATE VIRTUAL TABLE queue_search USING fts5 (
    stems, content = '', contentless_delete = 1, detail = full,
    tokenize = "unicode61 remove_diacritics 2"
);

INSERT INTO queue (link, claim, first, record, kind, score, status, visibility, withdrawn, found_at, speaker, topic, date, body)
SELECT l.id, l.claim, CASE WHEN c.repeats <> '' THEN c.repeats ELSE c.id END,
    coalesce(json_extract(CAST(l.body AS TEXT), '$.Evidence[0].URL') || ' ' || json_extract(CAST(l.body AS TEXT), '$.Evidence[0].Span.start'), ''),
    l.kind, l.score, l.status, l.visibility, l.withdrawn <> '', l.found_at, c.speaker, c.topic, c.date, d.body
FROM link l JOIN claim c ON c.id = l.claim JOIN document d ON d.id = c.document;

CREATE TRIGGER link_enters_queue AFTER INSERT ON link BEGIN
    INSERT INTO queue (link, claim, first, record, kind, score, status, visibility, withdrawn, found_at, speaker, topic, date, body)
    SELECT NEW.id, NEW.claim, CASE WHEN c.repeats <> '' THEN c.repeats ELSE c.id END,
        coalesce(json_extract(CAST(NEW.body AS TEXT), '$.Evidence[0].URL') || ' ' || json_extract(CAST(NEW.body AS TEXT), '$.Evidence[0].Span.start'), ''),
        NEW.kind, NEW.score, NEW.status, NEW.visibility, NEW.withdrawn <> '', NEW.found_at, c.speaker, c.topic, c.date, d.body
    FROM claim c JOIN document d ON d.id = c.document WHERE c.id = NEW.claim;
END;
CREATE TRIGGER link_moves_in_queue AFTER UPDATE OF score, status, visibility, withdrawn ON link BEGIN
    UPDATE queue SET score = NEW.score, status = NEW.status, visibility = NEW.visibility, withdrawn = NEW.withdrawn <> ''
    WHERE link = NEW.id;
END;
CREATE TRIGGER claim_changes_in_queue AFTER UPDATE OF speaker, topic, date, repeats ON claim BEGIN
    UPDATE queue SET speaker = NEW.speaker, topic = NEW.topic, date = NEW.date,
        first = CASE WHEN NEW.repeats <> '' THEN NEW.repeats ELSE NEW.id END
    WHERE link IN (SELECT id FROM link WHERE claim = NEW.id);
END;
CREATE TRIGGER document_changes_in_queue AFTER UPDATE OF body ON document WHEN NEW.body <> OLD.body BEGIN
    UPDATE queue SET body = NEW.body
    WHERE link IN (SELECT l.id FROM link l JOIN claim c ON c.id = l.claim WHERE c.document = NEW.id);
END;

-- What people do to a link beside deciding: assign, snooze, tag, attach a reply. Each act is
-- a row; the last one of its kind stands.
CREATE TABLE review_act (
    id       INTEGER PRIMARY KEY,
    link     TEXT NOT NULL REFERENCES link (id),
    reviewer TEXT NOT NULL,
    kind     TEXT NOT NULL,                     -- 'assign', 'snooze', 'tag', 'untag', 'reply', 'note'
    text     TEXT NOT NULL,
    at       TEXT NOT NULL
);
CREATE INDEX review_act_link ON review_act (link, id);

CREATE TABLE link_tag (
    link TEXT NOT NULL REFERENCES link (id),
    tag  TEXT NOT NULL,
    PRIMARY KEY (link, tag)
) WITHOUT ROWID;
CREATE INDEX link_tag_tag ON link_tag (tag);

CREATE TABLE reviewer (
    name     TEXT PRIMARY KEY,
    role     TEXT NOT NULL CHECK (role IN ('reviewer', 'publisher', 'admin')),
    password TEXT NOT NULL,                     -- argon2id, PHC string; '' signs in through the proxy alone
    made_at  TEXT NOT NULL,
    removed  TEXT NOT NULL DEFAULT ''           -- when; the name stays taken, its verdicts stay signed
) WITHOUT ROWID;

CREATE TABLE session (
    token    TEXT PRIMARY KEY,                  -- SHA-256 of the cookie: the file gives no session away
    reviewer TEXT NOT NULL REFERENCES reviewer (name),
    made_at  TEXT NOT NULL,
    until    TEXT NOT NULL,
    agent    TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX session_reviewer ON session (reviewer);

CREATE TABLE saved_view (
    id       INTEGER PRIMARY KEY,
    reviewer TEXT NOT NULL,
    name     TEXT NOT NULL,
    query    TEXT NOT NULL,                     -- of the queue's address
    UNIQUE (reviewer, name)
);
