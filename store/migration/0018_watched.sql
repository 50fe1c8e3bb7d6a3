-- The watched topics of claims, out of their bodies, so that the queue can be narrowed by them. Kept in
-- step by the triggers.
CREATE TABLE claim_topic (
    claim TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    PRIMARY KEY (claim, topic)
) WITHOUT ROWID;
CREATE INDEX claim_topic_topic ON claim_topic (topic);

INSERT OR IGNORE INTO claim_topic (claim, topic)
SELECT c.id, t.value FROM claim c, json_each(CAST(c.body AS TEXT), '$.Topics') t WHERE t.value <> '';

CREATE TRIGGER claim_is_watched AFTER INSERT ON claim BEGIN
    INSERT OR IGNORE INTO claim_topic (claim, topic)
    SELECT NEW.id, value FROM json_each(CAST(NEW.body AS TEXT), '$.Topics') WHERE value <> '';
END;
CREATE TRIGGER claim_changes_topics AFTER UPDATE OF body ON claim BEGIN
    DELETE FROM claim_topic WHERE claim = NEW.id;
    INSERT OR IGNORE INTO claim_topic (claim, topic)
    SELECT NEW.id, value FROM json_each(CAST(NEW.body AS TEXT), '$.Topics') WHERE value <> '';
END;
