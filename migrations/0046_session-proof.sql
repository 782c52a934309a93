-- When whoever sits at the session last proved who they are: by signing in, or by their password since.
ALTER TABLE session ADD COLUMN provedAt INTEGER NOT NULL DEFAULT 0;
