-- Two full-text indexes over the last revision of every article, kept by triggers.

CREATE VIEW revision_words AS
  -- The searchable text of a revision. Ð and ð (U+00D0, U+00F0) are lookalikes of Đ and đ; the folded
  -- columns write d for đ, which no tokenizer does. Every replacement keeps the length.
  -- No json_each here: FTS5 refuses views that read from other virtual tables when it rebuilds or checks.
  SELECT
    id AS revision, title, lead, body, captions, authors,
    replace(replace(title, 'Đ', 'D'), 'đ', 'd') AS title_folded,
    replace(replace(lead, 'Đ', 'D'), 'đ', 'd') AS lead_folded,
    replace(replace(body, 'Đ', 'D'), 'đ', 'd') AS body_folded,
    replace(replace(captions, 'Đ', 'D'), 'đ', 'd') AS captions_folded,
    replace(replace(authors, 'Đ', 'D'), 'đ', 'd') AS authors_folded
  FROM (
    SELECT
      id,
      replace(replace(title, 'Ð', 'Đ'), 'ð', 'đ') AS title,
      replace(replace(lead, 'Ð', 'Đ'), 'ð', 'đ') AS lead,
      replace(replace(body, 'Ð', 'Đ'), 'ð', 'đ') AS body,
      replace(replace(captions, 'Ð', 'Đ'), 'ð', 'đ') AS captions,
      replace(replace(byline, 'Ð', 'Đ'), 'ð', 'đ') AS authors
    FROM revisions
  );

CREATE VIEW articles_text AS
  -- What the full-text indexes hold, by article.
  SELECT articles.id AS article, revision_words.*
  FROM articles JOIN revision_words ON revision_words.revision = articles.last_revision;

CREATE VIRTUAL TABLE articles_fts
  -- Any spelling: with or without accents, d for đ. The columns …_folded repeat the text with d for đ: a word
  -- typed "duong" finds "đường" by them, one typed "đường" by the others. They are for MATCH, not to be read.
USING fts5 (
  title, lead, body, captions, authors,
  title_folded, lead_folded, body_folded, captions_folded, authors_folded,
  content='articles_text', content_rowid='article', tokenize="unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE articles_fts_exact
  -- Accents as typed: tells bán from ban.
USING fts5 (
  title, lead, body, captions, authors,
  content='articles_text', content_rowid='article', tokenize="unicode61 remove_diacritics 0"
);
