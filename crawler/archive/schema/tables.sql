-- Tables of archive.db. Comments stand inside the statements, so that `.schema` shows them.

CREATE TABLE outlets (
  -- A newspaper, as its file in crawler/outlets describes it, written anew when a run starts. One that has no
  -- file (any more) may have a name only.
  name TEXT PRIMARY KEY,       -- short name, e.g. baoangiang
  title TEXT,                  -- the paper's own name, e.g. Báo An Giang
  province TEXT,
  family TEXT,                 -- content management system shared by several outlets
  evidence TEXT,               -- what the rules for its pages rest on
  home TEXT                    -- its front page
) STRICT;

CREATE TABLE runs (
  -- One crawl or replay, from start to end.
  id TEXT PRIMARY KEY,         -- UUID
  command TEXT NOT NULL,       -- what was started: crawl news, replay
  arguments TEXT NOT NULL,     -- JSON object
  outlets TEXT NOT NULL,       -- JSON array of outlet names
  pid INTEGER,                 -- process
  started_at TEXT NOT NULL,    -- UTC
  finished_at TEXT,            -- UTC; NULL while it runs, or when it was killed
  finish_reason TEXT,          -- finished, or what stopped it, e.g. shutdown
  counts TEXT                  -- JSON object: outlet ("": none) → what came of it; NULL until finished
) STRICT;

CREATE TABLE urls (
  -- The ledger: every URL ever met, and what is to be done or has been done about it.
  url TEXT PRIMARY KEY,        -- normalised: no fragment, no tracking parameters
  outlet TEXT REFERENCES outlets (name),
  kind TEXT NOT NULL CHECK (kind IN ('article', 'section', 'feed')),  -- what it was expected to be
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
  last_fetch TEXT REFERENCES fetches (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX urls_by_state ON urls (outlet, state, priority);
CREATE INDEX urls_by_article ON urls (article);
CREATE INDEX urls_by_run ON urls (last_run);
CREATE INDEX urls_by_finder ON urls (found_run);

CREATE TABLE fetches (
  -- One answer to one request (or one document replayed), kept for ever.
  id TEXT PRIMARY KEY,         -- hash of URL, time, run and bytes
  run TEXT NOT NULL REFERENCES runs (id),
  outlet TEXT REFERENCES outlets (name),
  url TEXT,                    -- asked for, normalised; NULL for a document without address
  url_reached TEXT,            -- where redirects ended, as it was
  status INTEGER,              -- HTTP status; NULL when nothing came, or for a replayed document
  headers TEXT NOT NULL,       -- JSON array of [name, value], in their order
  charset TEXT,                -- stated by the HTTP header
  fetched_at TEXT NOT NULL,    -- UTC
  body_sha256 TEXT,            -- of the bytes that came, kept or not
  body_size INTEGER,
  body_kept TEXT,              -- why the bytes are in `bodies`: article, revision, links, removal, rejection;
                               -- NULL: not kept for this answer, by rule
  outcome TEXT NOT NULL,       -- new, revised, unchanged, same_article, section, rejected, failed, gone
  article INTEGER REFERENCES articles (id) ON DELETE SET NULL,
  error TEXT                   -- why nothing (usable) came, e.g. a time-out or HTTP 503
) STRICT;
CREATE INDEX fetches_by_run ON fetches (run);
CREATE INDEX fetches_by_article ON fetches (article);
CREATE INDEX fetches_by_url ON fetches (url);
CREATE INDEX fetches_by_body ON fetches (body_sha256);

CREATE TABLE dictionaries (
  -- An earlier page that others are compressed against. Never changed: they would decode to other bytes.
  id TEXT PRIMARY KEY,         -- SHA-256 of the page
  outlet TEXT,
  layout TEXT,                 -- the rules that read it; with outlet and kind: the pages it is tried for
  kind TEXT,                   -- article, section, or as in `rejections`
  made_at TEXT NOT NULL,       -- UTC
  size INTEGER NOT NULL,       -- of the page
  content BLOB NOT NULL        -- the page as a zstd frame without dictionary
) STRICT;
CREATE INDEX dictionaries_by_use ON dictionaries (outlet, layout, kind);

CREATE TABLE bodies (
  -- The bytes of documents as they came, each once.
  sha256 TEXT PRIMARY KEY,     -- of the bytes, in hex digits
  size INTEGER NOT NULL,       -- of the bytes
  dictionary TEXT REFERENCES dictionaries (id),  -- raw-content dictionary of the frame; NULL: none
  frame BLOB NOT NULL          -- zstd frame with checksum
) STRICT;
CREATE INDEX bodies_by_dictionary ON bodies (dictionary);

CREATE TABLE articles (
  -- One article of one outlet, for ever; its text is in `revisions`. See the view articles_latest.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,    -- outlet/space/id; without an id outlet/url/URL; without an address
                               -- outlet/sha256/HEX of the bytes; without an outlet url/URL or sha256/HEX;
                               -- with #2, #3 … for other articles under the same key
  outlet TEXT REFERENCES outlets (name),  -- NULL: no outlet has this host
  title TEXT,                  -- of the last revision: what other tables' references to the article show
  url TEXT,                    -- where it was last seen, normalised; NULL: no address is known
  first_seen_at TEXT NOT NULL, -- UTC
  last_seen_at TEXT NOT NULL,  -- UTC
  gone_at TEXT,                -- UTC; its page answered 404 or 410 and has not come back
  copy_of INTEGER REFERENCES articles (id) ON DELETE SET NULL,
                               -- the earliest stored article with the same text; stays when one is edited
  revisions INTEGER NOT NULL DEFAULT 0,
  last_revision TEXT REFERENCES revisions (id) DEFERRABLE INITIALLY DEFERRED  -- the newest state
) STRICT;
CREATE INDEX articles_by_outlet ON articles (outlet, first_seen_at);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_copy ON articles (copy_of);

CREATE TABLE revisions (
  -- What an article said at one time. Append-only: rows are never changed, and go only with their article.
  id TEXT PRIMARY KEY,         -- hash of article key, content and fetch time
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,     -- 1, 2, 3 … as they came; fetched_at orders them where old pages came late
  cause TEXT NOT NULL,         -- first, edited
  fetch TEXT REFERENCES fetches (id),
  fetched_at TEXT NOT NULL,    -- UTC
  content_hash TEXT NOT NULL,  -- of title, text, captions, authors, source, time and section; alike where they
                               -- differ in white space or spelling variants only
  text_hash TEXT,              -- of lead and paragraphs without case; NULL when too short to tell a copy
  url TEXT,                    -- asked for, or the page's canonical one where that names the same article
  kind TEXT NOT NULL,          -- article
  title TEXT,
  lead TEXT,                   -- sapo
  body TEXT NOT NULL,          -- paragraphs, headings, list items …; an empty line between them; no captions
  captions TEXT NOT NULL,      -- one a line; '' for none
  blocks TEXT NOT NULL,        -- JSON array of {kind, text}, in reading order, captions too
  published_at TEXT,           -- ISO 8601 with the paper's own offset; date() would move it to UTC
  published_raw TEXT,          -- as it stood in the page
  published_day TEXT,          -- YYYY-MM-DD, the paper's local day
  modified_at TEXT,            -- ISO 8601, as the page states it
  modified_raw TEXT,           -- as it stood in the page
  authors TEXT NOT NULL,       -- JSON array of names
  byline TEXT NOT NULL,        -- the authors as one line; '' for none
  source TEXT,                 -- credited agency
  section TEXT NOT NULL,       -- JSON array, outermost first
  tags TEXT NOT NULL,          -- JSON array
  language TEXT,               -- as the page states it, e.g. vi
  layout TEXT,                 -- the rules that read the page, e.g. onecms-detail
  provenance TEXT NOT NULL,    -- JSON object: field → rule, json-ld, meta or generic
  dropped TEXT NOT NULL,       -- JSON array of {text, rule}: left out as debris, by which rule
  warnings TEXT NOT NULL,      -- JSON array of codes, some with a detail behind a colon
  UNIQUE (article, number)
) STRICT;
CREATE INDEX revisions_by_text ON revisions (text_hash) WHERE text_hash IS NOT NULL;
CREATE INDEX revisions_by_day ON revisions (published_day);

CREATE TRIGGER articles_are_called_as_they_were_last AFTER UPDATE OF last_revision ON articles
BEGIN
  -- Touches no column that the triggers of the full-text indexes look at.
  UPDATE articles SET title = (SELECT title FROM revisions WHERE id = NEW.last_revision) WHERE id = NEW.id;
END;

CREATE TABLE images (
  -- Photos standing in a revision.
  revision TEXT NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,   -- from 1
  url TEXT NOT NULL,           -- absolute
  caption TEXT,                -- where the page ties one to it
  PRIMARY KEY (revision, position)
) STRICT;

CREATE TABLE authors (
  -- Names as printed, one row for those that differ in letter case or spelling variant only.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  same TEXT NOT NULL UNIQUE    -- the name normalised
) STRICT;
CREATE TABLE article_authors (
  -- Who signed the last revision of an article.
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  author INTEGER NOT NULL REFERENCES authors (id),
  position INTEGER NOT NULL,   -- from 1
  PRIMARY KEY (article, author)
) STRICT;
CREATE INDEX article_authors_by_author ON article_authors (author);

CREATE TABLE tags (
  -- Tags as printed, one row for those that differ in letter case or spelling variant only.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  same TEXT NOT NULL UNIQUE    -- the tag normalised
) STRICT;
CREATE TABLE article_tags (
  -- Tags of the last revision of an article.
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  tag INTEGER NOT NULL REFERENCES tags (id),
  position INTEGER NOT NULL,   -- from 1
  PRIMARY KEY (article, tag)
) STRICT;
CREATE INDEX article_tags_by_tag ON article_tags (tag);

CREATE TABLE rejections (
  -- Pages that are no article, and why. The bytes are kept: better rules may read them one day.
  fetch TEXT PRIMARY KEY REFERENCES fetches (id) ON DELETE CASCADE,
  url TEXT,
  outlet TEXT REFERENCES outlets (name),
  kind TEXT NOT NULL,          -- home, video, error, blocked, binary, not_article, failed
  reason TEXT NOT NULL,
  at TEXT NOT NULL             -- UTC
) STRICT;
CREATE INDEX rejections_by_outlet ON rejections (outlet, kind);

CREATE VIEW articles_latest AS
  -- Every article with its last revision: start reading here. What an article does not have is NULL.
  SELECT
    articles.id,
    articles.outlet,
    outlets.province,
    revisions.published_day,
    revisions.published_at,
    revisions.title,
    revisions.lead,
    revisions.body,
    nullif(revisions.captions, '') AS captions,
    nullif(revisions.byline, '') AS authors,
    revisions.source,
    (SELECT group_concat(value, ' / ') FROM json_each(revisions.section)) AS section,
    (SELECT group_concat(value, ', ') FROM json_each(revisions.tags)) AS tags,
    articles.url,
    articles.key,
    revisions.kind,
    revisions.language,
    articles.revisions,
    articles.first_seen_at,
    articles.last_seen_at,
    revisions.modified_at,
    articles.gone_at,
    articles.copy_of,
    revisions.layout,
    revisions.warnings,
    articles.last_revision
  FROM articles
  JOIN revisions ON revisions.id = articles.last_revision
  LEFT JOIN outlets ON outlets.name = articles.outlet;
