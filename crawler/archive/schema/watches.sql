-- Saved queries, and what they brought to light.

CREATE TABLE watches (
  -- A saved query, looked at after every run.
  name TEXT PRIMARY KEY,
  query TEXT NOT NULL,         -- as for `scrapy search`; accents that are typed must stand in the article
  outlet TEXT REFERENCES outlets (name),  -- articles of this one only; NULL: of all
  made_at TEXT NOT NULL        -- UTC
) STRICT;

CREATE TABLE watch_events (
  -- Articles that a saved query fits and a run found new, edited or gone, told once.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  watch TEXT NOT NULL REFERENCES watches (name) ON DELETE CASCADE,
  run TEXT NOT NULL REFERENCES runs (id),
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  what TEXT NOT NULL CHECK (what IN ('new', 'edited', 'gone')),
  at TEXT NOT NULL,            -- UTC: when the page was fetched that said so
  UNIQUE (watch, run, article, what)
) STRICT;
CREATE INDEX watch_events_by_article ON watch_events (article);

CREATE TRIGGER watch_events_go_with_their_article AFTER DELETE ON articles
BEGIN
  DELETE FROM watch_events WHERE article = OLD.id;
END;
