-- What must never change, and what goes with an article that a person deletes (for which a shell's
-- foreign_keys setting, usually off, must not matter).

CREATE TRIGGER revisions_are_never_changed BEFORE UPDATE ON revisions
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only');
END;
CREATE TRIGGER revisions_go_only_with_their_article BEFORE DELETE ON revisions
WHEN EXISTS (SELECT 1 FROM articles WHERE id = OLD.article)
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only; delete the article to delete its revisions');
END;
CREATE TRIGGER images_are_never_changed BEFORE UPDATE ON images
BEGIN
  SELECT RAISE(ABORT, 'images belong to a revision and are append-only');
END;
CREATE TRIGGER images_go_only_with_their_article BEFORE DELETE ON images
WHEN EXISTS (SELECT 1 FROM revisions JOIN articles ON articles.id = revisions.article
             WHERE revisions.id = OLD.revision)
BEGIN
  SELECT RAISE(ABORT, 'images belong to a revision and are append-only');
END;
CREATE TRIGGER dictionaries_are_never_changed BEFORE UPDATE ON dictionaries
BEGIN
  SELECT RAISE(ABORT, 'dictionaries are immutable: bodies would decode to other bytes');
END;
CREATE TRIGGER dictionaries_in_use_stay BEFORE DELETE ON dictionaries
WHEN EXISTS (SELECT 1 FROM bodies WHERE dictionary = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'bodies are compressed with this dictionary');
END;
CREATE TRIGGER articles_keep_their_id BEFORE UPDATE OF id ON articles WHEN NEW.id <> OLD.id
BEGIN
  SELECT RAISE(ABORT, 'the id of an article never changes');
END;
CREATE TRIGGER articles_take_everything_along AFTER DELETE ON articles
BEGIN
  DELETE FROM article_authors WHERE article = OLD.id;
  DELETE FROM article_tags WHERE article = OLD.id;
  DELETE FROM images WHERE revision IN (SELECT id FROM revisions WHERE article = OLD.id);
  DELETE FROM revisions WHERE article = OLD.id;
  UPDATE urls SET article = NULL WHERE article = OLD.id;
  UPDATE fetches SET article = NULL WHERE article = OLD.id;
  UPDATE articles SET copy_of = NULL WHERE copy_of = OLD.id;
END;
