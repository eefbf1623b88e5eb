-- Debris learnt from an outlet's own pages, and which articles were cleaned with it.

CREATE TABLE boilerplates (
  -- Texts, tags and images that stand on so many unrelated articles of an outlet that they are debris
  -- (`scrapy boilerplate`). A version is never changed: revisions name the one they were cleaned with.
  version TEXT PRIMARY KEY,    -- hash of the content
  outlet TEXT NOT NULL REFERENCES outlets (name),
  learnt_at TEXT NOT NULL,     -- UTC
  content TEXT NOT NULL        -- JSON object: outlet, version, repeated: array of {layout, part, sha256, pages, of,
                               -- example}: on how many (pages) of the articles counted (of) it stands
) STRICT;
CREATE INDEX boilerplates_by_outlet ON boilerplates (outlet, learnt_at);

CREATE TABLE boilerplates_in_use (
  -- The version that new pages of an outlet are cleaned with; no row: none.
  outlet TEXT PRIMARY KEY REFERENCES outlets (name),
  version TEXT NOT NULL REFERENCES boilerplates (version),
  since TEXT NOT NULL          -- UTC
) STRICT;

CREATE TRIGGER boilerplates_are_never_changed BEFORE UPDATE ON boilerplates
BEGIN
  SELECT RAISE(ABORT, 'boilerplates are immutable: revisions name the version they were cleaned with');
END;
CREATE TRIGGER boilerplates_named_by_revisions_stay BEFORE DELETE ON boilerplates
WHEN EXISTS (SELECT 1 FROM revisions WHERE boilerplate = OLD.version)
BEGIN
  SELECT RAISE(ABORT, 'revisions were cleaned with this boilerplate');
END;

ALTER TABLE revisions ADD COLUMN boilerplate TEXT REFERENCES boilerplates (version) /* cleaned with this version; NULL
  for none */;
CREATE INDEX revisions_by_boilerplate ON revisions (boilerplate) WHERE boilerplate IS NOT NULL;
