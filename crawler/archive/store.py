"""What became of one page: fetch, body, article, rejection, ledger. The caller holds a transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.archive import articles, photos
from crawler.archive.bodies import PHOTO, Bodies
from crawler.archive.connection import insert_row
from crawler.archive.decide import GONE, NOT_MODIFIED, is_transient, page_urls
from crawler.archive.hashes import digest, links_hash, utc_text
from crawler.archive.ledger import UNCHANGED, Came, Ledger
from crawler.archive.model import Candidate, UrlKind
from crawler.archive.runs import know_outlet
from crawler.folding import storable
from crawler.items import Article, Decision, Found, Page, Photo, Reading, Rejection, SectionPage
from crawler.politeness.retry_after import retry_after
from crawler.urls import url_key


def has_truncated_page(article: Article) -> bool:
    """Whether the article's page ended too early."""
    return any(warning.startswith("truncated") for warning in article.warnings)


def _ended(page: Page, result: Rejection) -> str:
    """Return the ledger state of a URL that brought a rejection; the bytes are kept, so most are done."""
    if page.status in GONE:
        return "gone"
    return result.kind if result.kind in ("failed", "blocked") else "done"


@dataclass(slots=True)
class Fetch:
    """The row of ``fetches`` that a page becomes, as far as the other rows refer to it."""

    id: str
    run: str
    at: str
    urls: list[str]
    outlet: str | None
    sha256: str | None
    kept: str | None = None
    error: str | None = None


class Store:
    """Carries out decisions on one connection."""

    def __init__(self, connection: sqlite3.Connection, bodies: Bodies, ledger: Ledger) -> None:
        self._connection = connection
        self._bodies = bodies
        self._ledger = ledger
        self.photos = photos.PhotoPlan()

    def store(self, reading: Reading, run_id: str, decision: Decision) -> Decision:
        """Write ``reading`` as decided. The same page of the same run is written once, whoever asks again."""
        page = reading.page
        fetch = self._fetch(page, run_id, reading)
        done = self._stored(fetch.id)
        if done is not None:
            return done
        know_outlet(self._connection, fetch.outlet)
        if decision.outcome == "not_modified":
            self._store_not_modified(fetch, reading, decision)
            return decision
        if isinstance(reading.result, Photo):
            self._store_photo(fetch, reading, reading.result, decision)
            return decision
        result = self._result(reading)
        if decision.outcome in ("new", "revised", "unchanged", "same_article"):
            assert isinstance(result, Article)
            know_outlet(self._connection, result.outlet)
            return self._store_article(fetch, reading, result, decision)
        if isinstance(result, SectionPage) and decision.outcome == "section":
            self._store_section(fetch, reading, result, decision)
        elif page.error is not None:
            self._write_fetch(fetch, reading, decision)
            self._retry(fetch, page, page.error)
        elif decision.outcome == "gone":
            self._store_removal(fetch, reading, result, decision)
        else:
            self._store_rejection(fetch, reading, result, decision)
        return decision

    # The fetch ---------------------------------------------------------------------------------------------

    def _fetch(self, page: Page, run_id: str, reading: Reading) -> Fetch:
        urls = page_urls(page)
        sha256 = hashlib.sha256(page.body).hexdigest()
        at = utc_text(page.fetched_at)
        result = reading.result
        outlet = page.outlet or (result.outlet if result is not None else None)
        # With the bytes, since two saved copies of a page may bear one time.
        name = digest(urls[0] if urls else "", page.fetched_at.isoformat(), run_id, sha256)
        answered = None if page.status == NOT_MODIFIED else sha256
        return Fetch(name, run_id, at, urls, outlet, answered, error=page.error)

    def _stored(self, fetch_id: str) -> Decision | None:
        row = self._connection.execute(
            "SELECT outcome, fetches.article, articles.key, original.key AS copy_of FROM fetches"
            " LEFT JOIN articles ON articles.id = fetches.article"
            " LEFT JOIN articles AS original ON original.id = articles.copy_of WHERE fetches.id = ?",
            (fetch_id,),
        ).fetchone()
        return Decision(row["outcome"], row["article"], row["copy_of"], row["key"]) if row else None

    def _write_fetch(self, fetch: Fetch, reading: Reading, decision: Decision) -> None:
        page = reading.page
        row = {
            "id": fetch.id,
            "run": fetch.run,
            "outlet": fetch.outlet,
            "url": fetch.urls[0] if fetch.urls else None,
            "url_reached": storable(page.url) if page.url else None,
            "status": page.status,
            "headers": storable(json.dumps(page.headers, ensure_ascii=False)),
            "charset": page.charset,
            "fetched_at": fetch.at,
            "body_sha256": fetch.sha256,
            "body_size": len(page.body),
            "body_kept": fetch.kept,
            "outcome": decision.outcome,
            "article": decision.article_id,
            "error": storable(fetch.error) if fetch.error else None,
            "tls": page.tls,
        }
        insert_row(self._connection, "fetches", row)

    def _keep(self, fetch: Fetch, body: bytes, why: str, *, layout: str | None, kind: str) -> None:
        self._bodies.put(body, outlet=fetch.outlet, layout=layout, kind=kind)
        fetch.kept = why

    @staticmethod
    def _result(reading: Reading) -> Article | SectionPage | Rejection:
        """Return what was read, or the rejection that a page without a result, or with a bad status, is."""
        page, result = reading.page, reading.result
        assert not isinstance(result, Photo)
        if page.status in GONE and not isinstance(result, Rejection):
            return Rejection("error", f"HTTP {page.status}", page.outlet, page.url)
        if is_transient(page.status) and not isinstance(result, Rejection):
            return Rejection("error", f"HTTP {page.status}", page.outlet, page.url)
        if page.status == NOT_MODIFIED:
            return Rejection("failed", "HTTP 304, not modified: the archive has no page of it", page.outlet, page.url)
        return result if result is not None else Rejection("failed", "no stage read it", page.outlet, page.url)

    # Articles ----------------------------------------------------------------------------------------------

    def _store_article(self, fetch: Fetch, reading: Reading, article: Article, decision: Decision) -> Decision:
        page, outcome = reading.page, decision.outcome
        url = fetch.urls[-1] if fetch.urls else (url_key(article.url) if article.url else None)
        key = decision.key or article.key
        copy_of = self._id_of(decision.copy_of)
        if outcome == "new":
            new_id = articles.insert(self._connection, article, key, url, fetch.at, copy_of)
            decision = replace(decision, article_id=new_id)
        assert decision.article_id is not None
        if outcome in ("new", "revised"):
            self._keep(fetch, page.body, "article" if outcome == "new" else "revision",
                       layout=article.layout, kind="article")  # fmt: skip
        self._write_fetch(fetch, reading, decision)
        if outcome in ("new", "revised"):
            if key != article.key:
                article = replace(article, warnings=[*article.warnings, "key_collision"])
            articles.add_revision(self._connection, article, decision.article_id, key, fetch.id, fetch.at)
            self._link_copy(decision.article_id, copy_of)
        articles.seen(self._connection, decision.article_id, url, fetch.at)
        self._move(fetch, fetch.urls, article=decision.article_id)
        self._want_photos(fetch, article, url)
        if not has_truncated_page(article):  # else it would stay so, with every "not modified"
            self._hold(fetch, page)
        return decision

    def _want_photos(self, fetch: Fetch, article: Article, url: str | None) -> None:
        """Enter the article's photos into the ledger, as the plan for them says."""
        wanted = photos.wanted(self._connection, article, self.photos)
        found = [Candidate(image.url, PHOTO, Found(url, image.caption), photos.PRIORITY) for image in wanted]
        self._ledger.add(fetch.run, article.outlet, found)

    def _id_of(self, key: str | None) -> int | None:
        row = self._connection.execute("SELECT id FROM articles WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else None

    def _link_copy(self, article_id: int, copy_of: int | None) -> None:
        self._connection.execute(
            "UPDATE articles SET copy_of = coalesce(copy_of, ?) WHERE id = ?", (copy_of, article_id)
        )

    def _store_photo(self, fetch: Fetch, reading: Reading, photo: Photo, decision: Decision) -> None:
        """The bytes of a photo, or that it is gone; what was kept of it before stays."""
        if decision.outcome == "photo":
            self._keep(fetch, reading.page.body, PHOTO, layout=None, kind=PHOTO)
        self._write_fetch(fetch, reading, decision)
        if decision.outcome == "photo":
            photos.keep(
                self._connection, fetch.urls[0], photo,
                sha256=fetch.sha256, size=len(reading.page.body), fetch=fetch.id, at=fetch.at,
            )  # fmt: skip
            self._move(fetch, fetch.urls[:1], kind="photo")
        else:
            self._move(fetch, fetch.urls[:1], state="gone", reason=f"HTTP {reading.page.status}", kind="photo")

    # Everything else ---------------------------------------------------------------------------------------

    def _store_section(self, fetch: Fetch, reading: Reading, section: SectionPage, decision: Decision) -> None:
        if self._brings_news(fetch, section):
            self._keep(fetch, reading.page.body, "links", layout=None, kind="section")
        self._write_fetch(fetch, reading, decision)
        # The front page may have nothing but a side bar.
        links = links_hash(section.article_urls or section.other_article_urls)
        self._move(fetch, fetch.urls, kind="section", links=links)
        if section.kind != "index":  # what it leads to may be news though it is the same, so it is always read
            self._hold(fetch, reading.page)

    def _brings_news(self, fetch: Fetch, section: SectionPage) -> bool:
        """Whether the page links to articles nobody knew before it, entered in the ledger by now or not."""
        on = set(fetch.urls)
        for url in (*section.article_urls, *section.other_article_urls):
            row = self._connection.execute(
                "SELECT found_run, found_on FROM urls WHERE url = ?", (url_key(url),)
            ).fetchone()
            if row is None or (row["found_run"] == fetch.run and row["found_on"] in on):
                return True
        return False

    def _store_not_modified(self, fetch: Fetch, reading: Reading, decision: Decision) -> None:
        """Nothing came, and that says that the document we have was there at this time."""
        self._write_fetch(fetch, reading, decision)
        if decision.article_id is not None:
            articles.seen(self._connection, decision.article_id, fetch.urls[0], fetch.at)
        self._move(fetch, fetch.urls[:1], article=decision.article_id, links=UNCHANGED)
        self._ledger.not_modified(fetch.urls[0], fetch.run)

    def _hold(self, fetch: Fetch, page: Page) -> None:
        """Note what the next request for a document that was read may be conditional on."""
        if fetch.urls and page.status == 200:
            self._ledger.hold(fetch.urls[-1], page.headers)

    def _store_removal(self, fetch: Fetch, reading: Reading, result: object, decision: Decision) -> None:
        """The article stays; that its page is gone, and what the server said instead, is kept."""
        first_time = self._connection.execute(
            "UPDATE articles SET gone_at = ? WHERE id = ? AND gone_at IS NULL AND last_seen_at <= ?",
            (fetch.at, decision.article_id, fetch.at),
        ).rowcount
        if first_time:
            self._keep(fetch, reading.page.body, "removal", layout=None, kind="error")
        self._write_fetch(fetch, reading, decision)
        reason = result.reason if isinstance(result, Rejection) else "gone"
        self._move(fetch, fetch.urls, state="gone", reason=reason)

    def _store_rejection(self, fetch: Fetch, reading: Reading, result: object, decision: Decision) -> None:
        page = reading.page
        if not isinstance(result, Rejection):  # decided on something else than what is to be stored now
            result = Rejection("failed", f"{decision.outcome} does not fit {type(result).__name__}")
        transient = is_transient(page.status)
        if transient:
            fetch.error = f"HTTP {page.status}"
        self._keep(fetch, page.body, "rejection", layout=None, kind=result.kind)
        self._write_fetch(fetch, reading, decision)
        row = {
            "fetch": fetch.id,
            "url": fetch.urls[-1] if fetch.urls else None,
            "outlet": fetch.outlet,
            "kind": result.kind,
            "reason": storable(result.reason),
            "at": fetch.at,
        }
        insert_row(self._connection, "rejections", row)
        if transient:
            self._retry(fetch, page, f"HTTP {page.status}")
        elif fetch.urls:
            # Not where a redirect ended: that is often the front page, and no business of this page.
            self._move(fetch, fetch.urls[:1], state=_ended(page, result), reason=f"{result.kind}: {result.reason}")

    def _move(
        self,
        fetch: Fetch,
        urls: Sequence[str],
        *,
        state: str = "done",
        reason: str | None = None,
        article: int | None = None,
        kind: UrlKind = "article",
        links: str | None = None,
    ) -> None:
        """Move the ledger rows of the page's URLs. ``links`` is what a list that was read had (``links_hash``)."""
        came = Came(fetch.outlet, fetch.run, fetch.id, article, kind, fetch.at, links)
        for url in urls:
            self._ledger.stored(url, came, state, storable(reason) if reason else None)

    def _retry(self, fetch: Fetch, page: Page, reason: str) -> None:
        """Try again later, and not before the server wants to be asked."""
        if fetch.urls:
            stated = next((value for name, value in page.headers if name.lower() == "retry-after"), None)
            came = Came(fetch.outlet, fetch.run, fetch.id, at=fetch.at)
            self._ledger.failed(fetch.urls[0], came, storable(reason), retry_after(stated, page.fetched_at))
