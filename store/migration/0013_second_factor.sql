-- A second factor for who wants one (TOTP, RFC 6238).
ALTER TABLE reviewer ADD COLUMN factor TEXT NOT NULL DEFAULT '';         -- base32 secret; '' without one
ALTER TABLE reviewer ADD COLUMN factor_begun TEXT NOT NULL DEFAULT '';   -- shown, and not confirmed by a code yet
ALTER TABLE reviewer ADD COLUMN factor_used INTEGER NOT NULL DEFAULT 0;  -- time step of the last code: none is good twice
