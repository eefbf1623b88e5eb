-- Credited agencies under one name each, beside the source as printed.

ALTER TABLE revisions ADD COLUMN agency TEXT /* JSON array: the agencies that source names, e.g. ["TTXVN"], under one
  name whatever is printed; NULL where a version read the page that did not know them */;

DROP VIEW articles_latest;
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
    (SELECT group_concat(value, ', ') FROM json_each(revisions.agency)) AS agency,
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
