-- What is looked for once a work item or once a claim must not cost a look at all of them: a year of
-- 200 sources leaves a quarter of a million claims.
CREATE INDEX work_order ON work (stage, length(subject), subject);
CREATE INDEX claim_worth ON claim (id) WHERE worth;
CREATE INDEX claim_repeats ON claim (repeats) WHERE repeats <> '';
