-- When a missing page was last counted. What a listing showed is kept for each source that looks at it,
-- so what an earlier schema kept is asked for again.
ALTER TABLE crawl_page ADD COLUMN missed TEXT NOT NULL DEFAULT '';
UPDATE crawl_page SET links = NULL;
