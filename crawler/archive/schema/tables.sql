-- Tables of archive.db. Comments stand inside the statements, so that `.schema` shows them.

CREATE TABLE outlets (
  -- A newspaper, as its file in crawler/outlets describes it. Written anew when a run starts.
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
  command TEXT NOT NULL,       -- what was started, e.g. crawl news
  arguments TEXT NOT NULL,     -- JSON object
  outlets TEXT NOT NULL,       -- JSON array of outlet names
  pid INTEGER,                 -- process
  started_at TEXT NOT NULL,    -- UTC
  finished_at TEXT,            -- UTC; NULL while it runs, or when it was killed
  finish_reason TEXT,
  counts TEXT                  -- JSON: what came of it for each outlet; NULL until finished
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
  found_run TEXT,              -- the run that met it first
  found_on TEXT,               -- the page or feed that linked to it
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
  body_kept TEXT,              -- why the bytes are in `bodies`; NULL: not kept, by rule
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
  id TEXT PRIMARY KEY,         -- SHA-256 of the content
  outlet TEXT,
  layout TEXT,                 -- what the page had in common with those it was chosen for
  kind TEXT,
  made_at TEXT NOT NULL,       -- UTC
  size INTEGER NOT NULL,
  content BLOB NOT NULL        -- zstd frame without dictionary
) STRICT;
CREATE INDEX dictionaries_by_use ON dictionaries (outlet, layout, kind);

CREATE TABLE bodies (
  -- The bytes of documents as they came, each once.
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,       -- of the bytes
  dictionary TEXT REFERENCES dictionaries (id),  -- raw-content dictionary of the frame; NULL: none
  frame BLOB NOT NULL          -- zstd frame with checksum
) STRICT;
CREATE INDEX bodies_by_dictionary ON bodies (dictionary);

CREATE TABLE articles (
  -- One article of one outlet, for ever; its text is in `revisions`. See the view articles_latest.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,    -- outlet/space/id, outlet/url/URL, url:URL or sha256:HEX; #2 for a reused id
  outlet TEXT REFERENCES outlets (name),  -- NULL: no outlet has this host
  url TEXT,                    -- where it was last seen
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
  content_hash TEXT NOT NULL,  -- alike for texts that differ in white space or spelling variants only
  text_hash TEXT,              -- of lead and paragraphs without case; NULL when too short to tell a copy
  url TEXT,                    -- as the page states it
  kind TEXT NOT NULL,
  title TEXT,
  lead TEXT,                   -- sapo
  body TEXT NOT NULL,          -- paragraphs, headings, list items …; an empty line between them; no captions
  captions TEXT NOT NULL,      -- one a line
  blocks TEXT NOT NULL,        -- JSON array of {kind, text}, in reading order, captions too
  published_at TEXT,           -- ISO 8601 with the paper's own offset; date() would move it to UTC
  published_raw TEXT,          -- as the page printed it
  published_day TEXT,          -- YYYY-MM-DD, the paper's local day
  modified_at TEXT,
  modified_raw TEXT,
  authors TEXT NOT NULL,       -- JSON array
  byline TEXT NOT NULL,        -- the authors as one line
  source TEXT,                 -- credited agency
  section TEXT NOT NULL,       -- JSON array, outermost first
  tags TEXT NOT NULL,          -- JSON array
  language TEXT,
  layout TEXT,                 -- the rules that read the page
  provenance TEXT NOT NULL,    -- JSON object: field → rule, json-ld, meta or generic
  dropped TEXT NOT NULL,       -- JSON array of {text, rule}: left out as debris, by which rule
  warnings TEXT NOT NULL,      -- JSON array of codes
  UNIQUE (article, number)
) STRICT;
CREATE INDEX revisions_by_text ON revisions (text_hash) WHERE text_hash IS NOT NULL;
CREATE INDEX revisions_by_day ON revisions (published_day);

CREATE TABLE images (
  -- Photos standing in a revision.
  revision TEXT NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,   -- from 1
  url TEXT NOT NULL,
  caption TEXT,
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
  -- Every article with its last revision: start reading here.
  SELECT
    articles.id,
    articles.outlet,
    outlets.province,
    revisions.published_day,
    revisions.published_at,
    revisions.title,
    revisions.lead,
    revisions.body,
    revisions.captions,
    revisions.byline AS authors,
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
