-- Who may read over the API. A token is shown once; only its hash is kept.
CREATE TABLE api_token (
    name    TEXT PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE,               -- SHA-256 of the token, hexadecimal: 130 random bits need no salt
    private INTEGER NOT NULL DEFAULT 0,         -- reads what is private too
    made_at TEXT NOT NULL,
    until   TEXT NOT NULL DEFAULT '',           -- ISO day of its last use; '' without end
    removed TEXT NOT NULL DEFAULT '',
    used_at TEXT NOT NULL DEFAULT ''            -- day of the last use
) WITHOUT ROWID;
