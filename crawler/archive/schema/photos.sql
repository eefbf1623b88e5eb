-- Photos of articles are fetched through the ledger too, and kept by the hash of their bytes.

CREATE TABLE urls_new (
  -- The ledger: every URL ever met, and what is to be done or has been done about it.
  url TEXT PRIMARY KEY,        -- normalised: no fragment, no tracking parameters
  outlet TEXT REFERENCES outlets (name),
  kind TEXT NOT NULL CHECK (kind IN ('article', 'section', 'feed', 'photo')),  -- what it was expected to be
  state TEXT NOT NULL CHECK (state IN (
    'pending', 'leased',       -- to be fetched; handed to a run
    'done', 'failed', 'gone', 'blocked', 'refused', 'excluded')),
  reason TEXT,                 -- why it ended in this state
  attempts INTEGER NOT NULL DEFAULT 0,   -- failed attempts since the last success
  due_at TEXT NOT NULL,        -- UTC; not to be fetched earlier
  priority INTEGER NOT NULL DEFAULT 0,   -- higher is fetched first
  leased_by TEXT,              -- run
  leased_pid INTEGER,
  leased_until TEXT,           -- UTC
  found_at TEXT NOT NULL,      -- UTC
  found_run TEXT,              -- the run that met it first; NULL where a redirect or a replay brought it
  found_on TEXT,               -- the page or feed that linked to it; NULL also for where a run begins
  found_title TEXT,            -- what the link said
  found_date TEXT,             -- what the feed or list said of its date, as it stood there
  article INTEGER REFERENCES articles (id) ON DELETE SET NULL,
  last_run TEXT,               -- the run that dealt with it last
  last_fetch TEXT REFERENCES fetches (id) ON DELETE SET NULL,
  visit INTEGER,               -- due_at of what has ended is the time of this visit of the article (1: the first
                               -- after publication, …); NULL: none is to come, or it is a list, which is read again
                               -- from due_at on
  wait REAL,                   -- seconds from the last reading of a list to due_at: half as many after it has changed,
                               -- twice as many after it has not
  links_hash TEXT,             -- of the articles a list had in its main column, in no order
  known_at TEXT,               -- UTC; a link found later is new to this list, and while a page has any, the next one
                               -- is read
  etag TEXT,                   -- as the last answer with a readable document stated it
  last_modified TEXT,          -- likewise
  unmodified INTEGER NOT NULL DEFAULT 0  -- answers "not modified" (HTTP 304, the outcome not_modified of fetches) since
                               -- then; after a few the document is asked for without condition
) STRICT;
INSERT INTO urls_new (
  rowid, url, outlet, kind, state, reason, attempts, due_at, priority, leased_by, leased_pid, leased_until, found_at,
  found_run, found_on, found_title, found_date, article, last_run, last_fetch, visit, wait, links_hash, known_at, etag,
  last_modified, unmodified)
SELECT
  rowid, url, outlet, kind, state, reason, attempts, due_at, priority, leased_by, leased_pid, leased_until, found_at,
  found_run, found_on, found_title, found_date, article, last_run, last_fetch, visit, wait, links_hash, known_at, etag,
  last_modified, unmodified
FROM urls;
DROP TABLE urls;
PRAGMA legacy_alter_table = ON; -- else the trigger that names `urls` would stop it
ALTER TABLE urls_new RENAME TO urls;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX urls_by_state ON urls (outlet, state, priority);
CREATE INDEX urls_by_article ON urls (article);
CREATE INDEX urls_by_run ON urls (last_run);
CREATE INDEX urls_by_finder ON urls (found_run);
CREATE INDEX urls_by_visit ON urls (outlet, due_at) WHERE visit IS NOT NULL;

CREATE TABLE photos (
  -- Every photo of an article that was to be fetched, once for each address. Its bytes are in `bodies`.
  url TEXT PRIMARY KEY,        -- as in `images`
  address TEXT NOT NULL,       -- as in `urls` and `fetches`
  outlet TEXT REFERENCES outlets (name),
  sha256 TEXT,                 -- of the bytes; NULL: not fetched (yet), see the state in `urls`
  size INTEGER,                -- bytes
  media_type TEXT,             -- of the bytes, whatever the server said: image/jpeg …
  width INTEGER,               -- pixels
  height INTEGER,
  fetch TEXT REFERENCES fetches (id) ON DELETE SET NULL,
  fetched_at TEXT              -- UTC
) STRICT;
CREATE INDEX photos_by_address ON photos (address);
CREATE INDEX photos_by_hash ON photos (sha256);

CREATE VIEW article_photos AS
  -- The photos of the last revision of every article, with caption, address and hash.
  SELECT
    articles.id AS article,
    articles.outlet,
    articles.title,
    images.position,
    images.caption,
    images.url,
    photos.sha256,
    photos.size,
    photos.media_type,
    photos.width,
    photos.height,
    photos.fetched_at,
    urls.state,
    urls.reason
  FROM articles
  JOIN images ON images.revision = articles.last_revision
  LEFT JOIN photos ON photos.url = images.url
  LEFT JOIN urls ON urls.url = photos.address;
