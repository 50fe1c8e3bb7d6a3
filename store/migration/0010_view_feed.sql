-- A saved view may be followed as an Atom feed, by whoever knows its token.
ALTER TABLE saved_view ADD COLUMN feed TEXT NOT NULL DEFAULT ''; -- SHA-256 of the token, hexadecimal; '' for none
CREATE INDEX saved_view_feed ON saved_view (feed) WHERE feed <> '';
