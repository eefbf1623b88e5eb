-- How newspapers are treated: rests, and what was accepted of their certificates.

CREATE TABLE rests (
  -- Times in which a newspaper is not asked for anything, since it failed, refused us, or asked for it.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  outlet TEXT NOT NULL REFERENCES outlets (name),
  since TEXT NOT NULL,         -- UTC
  until TEXT NOT NULL,         -- UTC; the first request after it decides whether there is another
  reason TEXT NOT NULL,
  number INTEGER NOT NULL,     -- 1, 2, 3 … in a row, without an answer in between
  ended_at TEXT                -- UTC; when it answered again; NULL: it has not
) STRICT;
CREATE INDEX rests_by_outlet ON rests (outlet);

ALTER TABLE fetches ADD COLUMN tls TEXT /* verified: the certificate vouched for the host; unverified: the outlet's file
  says that it need not; NULL: no TLS, or nothing came */;
CREATE INDEX fetches_by_time ON fetches (outlet, fetched_at);
