-- Which documents came with the first import of their source's past: what is written when they are
-- kept survives a kill in the midst of the import. Of documents kept before, nobody knows.
ALTER TABLE document ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
