-- When what is known is fetched again, and with which condition.

ALTER TABLE urls ADD COLUMN visit INTEGER /* due_at of what has ended is the time of this visit of the article (1: the
  first after publication, …); NULL: none is to come, or it is a list, which is read again from due_at on */;
ALTER TABLE urls ADD COLUMN wait REAL /* seconds from the last reading of a list to due_at: half as many after it has
  changed, twice as many after it has not */;
ALTER TABLE urls ADD COLUMN links_hash TEXT /* of the articles a list had in its main column, in no order */;
ALTER TABLE urls ADD COLUMN known_at TEXT /* UTC; a link found later is new to this list, and while a page has any,
  the next one is read */;
ALTER TABLE urls ADD COLUMN etag TEXT /* as the last answer with a readable document stated it */;
ALTER TABLE urls ADD COLUMN last_modified TEXT /* likewise */;
ALTER TABLE urls ADD COLUMN unmodified INTEGER NOT NULL DEFAULT 0 /* answers "not modified" (HTTP 304, the outcome
  not_modified of fetches) since then; after a few the document is asked for without condition */;
CREATE INDEX urls_by_visit ON urls (outlet, due_at) WHERE visit IS NOT NULL;

-- What an earlier version knew of its lists: everything that its last run to the end had found.
UPDATE urls SET known_at = (
  SELECT max(finished_at) FROM runs, json_each(runs.outlets) AS one
  WHERE one.value = urls.outlet AND finish_reason = 'finished')
WHERE kind <> 'article' AND state = 'done';

-- Articles that are young still go on with the visits to come.
WITH
  hours (number, hour) AS (VALUES (1, 1), (2, 6), (3, 24), (4, 72), (5, 168), (6, 720)),
  begun AS (
    SELECT articles.url,
      min(julianday(first_seen_at), coalesce(julianday(published_at), julianday(first_seen_at))) AS begin
    FROM articles JOIN revisions ON revisions.id = last_revision
    WHERE articles.url IS NOT NULL AND julianday(first_seen_at) > julianday('now', '-31 days')
  ),
  planned AS (
    SELECT url, min(number) AS number, strftime('%Y-%m-%dT%H:%M:%fZ', min(begin + hour / 24.0)) AS due
    FROM begun JOIN hours ON begin + hour / 24.0 > julianday('now')
    GROUP BY url
  )
UPDATE urls SET visit = planned.number, due_at = planned.due
FROM planned
WHERE planned.url = urls.url AND state IN ('done', 'gone', 'failed', 'blocked');
