-- Several processes take work items from one file (contredit run --workers): an item says who holds it,
-- so that only that one may end it, and a turn says which stage may be taken: one stage is over before
-- the next begins, whoever works.

ALTER TABLE work ADD COLUMN holder TEXT NOT NULL DEFAULT '';  -- process, then number of the taking; '' while nobody holds it

CREATE TABLE turn (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,                    -- one more for each turn
    stage  TEXT NOT NULL                        -- what worker processes may take now; '' for nothing
);
INSERT INTO turn (id, number, stage) VALUES (1, 0, '');

-- What worker processes did in the turn, each row written with what it tells of; who opened the turn
-- takes them.
CREATE TABLE done (
    number  INTEGER PRIMARY KEY,
    stage   TEXT NOT NULL,
    subject TEXT NOT NULL,
    url     TEXT NOT NULL,
    yield   INTEGER NOT NULL,                   -- documents read, claims found, claims compared
    error   TEXT NOT NULL                       -- '' when it was done
);
