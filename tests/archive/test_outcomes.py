"""What the archive makes of a page, by what it knows already."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.archive.hashes import utc_text
from crawler.items import Article, Block, Image, Rejection
from tests.archive.conftest import Ask
from tests.archive.make import CANAL, OUTLET, RICE, SCHOOL, START, article, reading, rejection, section, url


def edited(text: str = CANAL) -> str:
    return text.replace("hai trăm", "ba trăm").replace("ba nghìn", "bốn nghìn").replace("hè thu", "đông xuân")


def test_an_unknown_key_is_new(archive: Archive, run: str, ask: Ask):
    decision = archive.store(reading(), run)

    assert (decision.outcome, decision.key, decision.copy_of) == ("new", "baosongmay/a/1", None)
    assert ask.one("SELECT body FROM articles_latest WHERE id = ?", decision.article_id) == CANAL
    assert ask.one("SELECT cause FROM revisions") == "first"


def test_the_same_content_is_unchanged(archive: Archive, run: str, ask: Ask):
    archive.store(reading(), run)

    assert archive.store(reading(at=5, body=b"<p>another side bar</p>"), run).outcome == "unchanged"
    assert ask.count("revisions") == 1
    assert ask.one("SELECT last_seen_at FROM articles") == "2026-11-01T05:00:00.000Z"
    last = ask.rows("SELECT body_sha256, body_kept FROM fetches ORDER BY rowid")[-1]
    assert last == {"body_sha256": hashlib.sha256(b"<p>another side bar</p>").hexdigest(), "body_kept": None}
    assert ask.count("bodies") == 1


@pytest.mark.parametrize(
    "variant",
    [
        article(1, CANAL.replace("hoà", "hòa"), title="Đoàn viên  Bến Lau dọn kênh "),
        article(1, CANAL.replace(" ", "\u00a0"), title="Ðoàn viên Bến Lau dọn kênh"),
        article(1, tags=["kênh"], layout="other", warnings=["unknown_outlet"], modified_at="2026-11-06T00:00:00+07:00"),
    ],
    ids=["white space", "lookalikes", "not content"],
)
def test_debris_and_spelling_are_no_change(archive: Archive, run: str, variant: Article):
    archive.store(reading(), run)

    assert archive.store(reading(variant, at=1), run).outcome == "unchanged"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Đoàn viên Bến Lau vớt bèo"},
        {"title": "Đoàn Viên Bến Lau dọn kênh"},
        {"lead": "Một buổi sáng nhiều mồ hôi."},
        {"authors": ["Lê Thị Sen"]},
        {"source": "TTXVN"},
        {"published_at": "2026-11-05T06:52:00+07:00"},
        {"section": ["Đời sống"]},
        {"blocks": [Block("paragraph", CANAL), Block("caption", "Vớt bèo trên kênh. Ảnh: SEN")]},
        {"blocks": [Block("paragraph", edited())]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_changed_content_is_a_revision(archive: Archive, run: str, ask: Ask, changes: dict[str, Any]):
    first = archive.store(reading(), run)

    decision = archive.store(reading(article(1, **changes), at=1), run)

    assert (decision.outcome, decision.article_id) == ("revised", first.article_id)
    assert ask.rows("SELECT number, cause FROM revisions ORDER BY number") == [
        {"number": 1, "cause": "first"},
        {"number": 2, "cause": "edited"},
    ]
    assert ask.one("SELECT body_kept FROM fetches WHERE outcome = 'revised'") == "revision"
    assert ask.one("SELECT revisions FROM articles_latest") == 2


def test_an_earlier_text_that_comes_back_is_a_new_revision(archive: Archive, run: str, ask: Ask):
    archive.store(reading(), run)
    archive.store(reading(article(1, edited()), at=1), run)

    assert archive.store(reading(at=2), run).outcome == "revised"
    assert [row["body"] for row in ask.rows("SELECT body FROM revisions ORDER BY number")] == [CANAL, edited(), CANAL]


def test_another_address_of_a_known_article(archive: Archive, run: str, ask: Ask):
    archive.store(reading(), run)
    other = "https://baosongmay.test/ten-khac-a1.html?utm_source=zalo"

    assert archive.store(reading(at=1, address=other), run).outcome == "same_article"
    assert archive.store(reading(at=2, address=other), run).outcome == "unchanged"
    assert archive.store(reading(at=3), run).outcome == "unchanged"
    assert ask.count("articles") == ask.count("revisions") == 1
    assert [row["url"] for row in ask.rows("SELECT url FROM urls WHERE article = 1 ORDER BY url")] == [
        url(1),
        "https://baosongmay.test/ten-khac-a1.html",
    ]


class TestReusedId:
    """Merged papers hand out ids again: nothing in common with the earlier text means another article."""

    other = article(1, RICE, title="Lúa hè thu được giá")

    def test_is_another_article_with_a_warning(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)

        decision = archive.store(reading(self.other, at=1), run)

        assert (decision.outcome, decision.key) == ("new", "baosongmay/a/1#2")
        assert ask.one("SELECT warnings FROM articles_latest WHERE key LIKE '%#2'") == '["key_collision"]'
        assert ask.one("SELECT body FROM articles_latest WHERE key = 'baosongmay/a/1'") == CANAL

    def test_finds_its_article_again(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)
        archive.store(reading(self.other, at=1), run)

        again = archive.store(reading(self.other, at=2), run)
        changed = archive.store(reading(article(1, edited(RICE), title="Lúa được giá"), at=3), run)
        first = archive.store(reading(at=4), run)
        third = archive.store(reading(article(1, SCHOOL, title="Thư viện xanh ở Núi Biếc"), at=5), run)

        assert (again.outcome, again.key) == ("unchanged", "baosongmay/a/1#2")
        assert (changed.outcome, changed.key) == ("revised", "baosongmay/a/1#2")
        assert (first.outcome, first.key) == ("unchanged", "baosongmay/a/1")
        assert (third.outcome, third.key) == ("new", "baosongmay/a/1#3")
        assert ask.count("articles") == 3

    def test_does_not_see_keys_that_only_begin_alike(self, archive: Archive, run: str):
        archive.store(reading(article(1)), run)

        decision = archive.store(reading(article(11, RICE, title="Lúa"), at=1), run)

        assert (decision.outcome, decision.key) == ("new", "baosongmay/a/11")

    def test_a_rewritten_text_under_its_title_stays_a_revision(self, archive: Archive, run: str):
        archive.store(reading(), run)

        assert archive.store(reading(article(1, RICE), at=1), run).outcome == "revised"

    def test_short_texts_are_judged_by_their_titles(self, archive: Archive, run: str):
        archive.store(reading(article(1, "Bản tin đang cập nhật.", title="Mưa lớn ở Bến Lau")), run)
        updated = article(1, "Đường ngập nửa mét.", title="Bến Lau: mưa lớn, đường ngập")
        different = article(1, "Khai mạc lúc bảy giờ.", title="Hội đua ghe Đồng Sậy")

        assert archive.store(reading(updated, at=1), run).outcome == "revised"
        assert archive.store(reading(different, at=2), run).outcome == "new"

    def test_too_little_to_tell_is_no_other_article(self, archive: Archive, run: str):
        archive.store(reading(), run)

        assert archive.store(reading(article(1, title=None, blocks=[]), at=1), run).outcome == "revised"


class TestCopies:
    def test_the_same_text_elsewhere_is_linked_to_the_first(self, archive: Archive, run: str, ask: Ask):
        first = archive.store(reading(), run)
        syndicated = article(7, CANAL.upper(), outlet="baonuibiec", title="Theo chân đoàn viên Bến Lau")

        decision = archive.store(reading(syndicated, at=1), run)
        third = archive.store(reading(article(8), at=2), run)

        assert (decision.outcome, decision.copy_of) == ("new", "baosongmay/a/1")
        assert third.copy_of == "baosongmay/a/1"
        assert ask.rows("SELECT key, copy_of FROM articles ORDER BY id") == [
            {"key": "baosongmay/a/1", "copy_of": None},
            {"key": "baonuibiec/a/7", "copy_of": first.article_id},
            {"key": "baosongmay/a/8", "copy_of": first.article_id},
        ]

    def test_the_lead_belongs_to_the_text(self, archive: Archive, run: str):
        archive.store(reading(article(1, RICE, lead=CANAL)), run)

        assert archive.store(reading(article(2, CANAL, RICE), at=1), run).copy_of == "baosongmay/a/1"

    @pytest.mark.parametrize("text", ["", "Ảnh: Lê Thị Sen", "Bạn đọc xem video trong bài."])
    def test_short_texts_are_no_copies(self, archive: Archive, run: str, text: str):
        archive.store(reading(article(1, text, title="Bến Lau")), run)

        assert archive.store(reading(article(2, text, title="Đồng Sậy"), at=1), run).copy_of is None

    def test_the_link_outlives_an_edit_of_either(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(article(1)), run)
        archive.store(reading(article(2), at=1), run)
        archive.store(reading(article(1, edited()), at=2), run)
        archive.store(reading(article(2, edited(), "Thêm một đoạn."), at=3), run)

        assert ask.one("SELECT copy_of FROM articles WHERE key = 'baosongmay/a/2'") == 1

    def test_a_text_that_an_article_had_earlier_counts(self, archive: Archive, run: str):
        archive.store(reading(article(1)), run)
        archive.store(reading(article(1, edited()), at=1), run)

        assert archive.store(reading(article(2), at=2), run).copy_of == "baosongmay/a/1"

    def test_links_never_run_in_a_circle(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(article(1)), run)
        archive.store(reading(article(2), at=1), run)
        archive.store(reading(article(2, edited()), at=2), run)
        archive.store(reading(article(1, edited()), at=3), run)

        assert ask.one("SELECT copy_of FROM articles WHERE key = 'baosongmay/a/1'") is None

    def test_an_article_that_becomes_a_copy_is_linked(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(article(1)), run)
        archive.store(reading(article(2, RICE), at=1), run)

        decision = archive.store(reading(article(2), at=2), run)

        assert (decision.outcome, decision.copy_of) == ("revised", "baosongmay/a/1")
        assert ask.one("SELECT copy_of FROM articles WHERE key = 'baosongmay/a/2'") == 1


class TestGone:
    @pytest.mark.parametrize("status", [404, 410])
    def test_a_known_article_is_marked_and_kept(self, archive: Archive, run: str, ask: Ask, status: int):
        first = archive.store(reading(), run)

        decision = archive.store(
            reading(rejection("error", "HTTP 404"), at=1, status=status, body=b"khong tim thay"), run
        )

        assert (decision.outcome, decision.article_id) == ("gone", first.article_id)
        assert ask.one("SELECT gone_at FROM articles_latest") == "2026-11-01T01:00:00.000Z"
        assert ask.one("SELECT state FROM urls") == "gone"
        assert ask.one("SELECT body_kept FROM fetches WHERE outcome = 'gone'") == "removal"
        assert ask.count("revisions") == 1

    def test_it_comes_back(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)
        archive.store(reading(rejection("error"), at=1, status=404), run)

        assert archive.store(reading(at=2), run).outcome == "unchanged"
        assert ask.one("SELECT gone_at FROM articles") is None
        assert ask.one("SELECT state FROM urls") == "done"

    def test_the_first_removal_counts(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)
        archive.store(reading(rejection("error"), at=1, status=404), run)
        archive.store(reading(rejection("error"), at=2, status=404), run)

        assert ask.one("SELECT gone_at FROM articles") == "2026-11-01T01:00:00.000Z"

    def test_an_old_address_that_died_takes_nothing_along(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)
        archive.store(reading(at=1, address="https://baosongmay.test/moi-a1.html"), run)

        assert archive.store(reading(rejection("error"), at=2, status=404), run).outcome == "rejected"
        assert ask.one("SELECT gone_at FROM articles") is None
        assert ask.one("SELECT state FROM urls WHERE url = ?", url(1)) == "gone"

    def test_an_unknown_page_is_rejected(self, archive: Archive, run: str, ask: Ask):
        assert archive.store(reading(rejection("error"), status=404), run).outcome == "rejected"
        assert ask.one("SELECT state FROM urls") == "gone"

    def test_a_page_that_reads_like_an_article_is_gone_all_the_same(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)

        assert archive.store(reading(article(1, RICE), at=1, status=404), run).outcome == "gone"
        assert ask.count("revisions") == 1


class TestNoArticle:
    def test_bytes_and_reason_are_kept(self, archive: Archive, run: str, ask: Ask):
        decision = archive.store(reading(rejection(), body=b"<video>"), run)

        assert decision.outcome == "rejected"
        (row,) = ask.rows("SELECT url, outlet, kind, reason, at FROM rejections")
        assert row == {
            "url": url(1),
            "outlet": OUTLET,
            "kind": "video",
            "reason": "chỉ có video",
            "at": "2026-11-01T00:00:00.000Z",
        }
        assert archive.bodies.get(ask.one("SELECT body_sha256 FROM fetches")) == b"<video>"
        assert ask.rows("SELECT state, reason FROM urls") == [{"state": "done", "reason": "video: chỉ có video"}]

    def test_a_failed_rule(self, archive: Archive, run: str, ask: Ask):
        decision = archive.store(reading(rejection("failed", "extract: KeyError: 'x'"), body=b"<p>"), run)

        assert decision.outcome == "failed"
        assert ask.one("SELECT reason FROM rejections") == "extract: KeyError: 'x'"
        assert ask.one("SELECT state FROM urls") == "failed"
        assert ask.count("bodies") == 1

    def test_a_page_that_no_stage_read(self, archive: Archive, run: str, ask: Ask):
        page = reading()
        page.result = None

        assert archive.store(page, run).outcome == "failed"
        assert ask.one("SELECT kind FROM rejections") == "failed"
        assert ask.count("bodies") == 1

    def test_a_blocked_page(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(rejection("blocked", "thử thách"), status=200), run)

        assert ask.one("SELECT state FROM urls") == "blocked"

    def test_a_refusal_is_tried_again_and_then_counts_as_blocked(self, archive: Archive, run: str, ask: Ask):
        for attempt in range(1, 5):
            archive.store(reading(rejection("blocked", "thử thách"), status=403, at=attempt), run)
            state = "blocked" if attempt == 4 else "pending"
            assert ask.rows("SELECT state, attempts FROM urls") == [{"state": state, "attempts": attempt}]

    @pytest.mark.parametrize(
        ("stated", "least"), [("7200", 7200), ("60", 300), ("Sun, 01 Nov 2026 06:00:00 GMT", 21600)]
    )
    def test_not_before_the_server_wants_to_be_asked(
        self, archive: Archive, run: str, ask: Ask, stated: str, least: int
    ):
        """Nor before our own back-off of five minutes."""
        archive.ledger.clock = lambda: START
        page = reading(rejection("error", "lỗi"), status=503, headers=[("Retry-After", stated)])
        archive.store(page, run)
        assert ask.one("SELECT due_at FROM urls") == utc_text(START + timedelta(seconds=least))

    def test_where_a_redirect_ended_is_no_business_of_the_page(self, archive: Archive, run: str, ask: Ask):
        home = Rejection("home", "trang chủ", OUTLET, "https://baosongmay.test/")
        archive.store(reading(home, url_requested=url(3)), run)

        assert ask.rows("SELECT url FROM urls") == [{"url": url(3)}]

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_passing_trouble_is_tried_again_later(self, archive: Archive, run: str, ask: Ask, status: int):
        decision = archive.store(reading(rejection("error", "lỗi"), status=status), run)

        assert decision.outcome == "failed"
        (row,) = ask.rows("SELECT state, attempts, reason, due_at > strftime('%Y-%m-%dT%H:%M:%SZ') AS later FROM urls")
        assert row == {"state": "pending", "attempts": 1, "reason": f"HTTP {status}", "later": 1}

    def test_nothing_came(self, archive: Archive, run: str, ask: Ask):
        page = reading(rejection(), body=b"", error="TimeoutError")

        assert archive.store(page, run).outcome == "failed"
        assert ask.one("SELECT error FROM fetches") == "TimeoutError"
        assert ask.count("rejections") == ask.count("bodies") == 0
        assert ask.one("SELECT state FROM urls") == "pending"

    def test_is_given_up_in_the_end(self, archive: Archive, run: str, ask: Ask):
        for hour in range(4):
            archive.store(reading(rejection(), at=hour, body=b"", error="TimeoutError"), run)

        assert ask.rows("SELECT state, attempts FROM urls") == [{"state": "failed", "attempts": 4}]

    def test_success_forgets_failures(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(rejection(), body=b"", error="TimeoutError"), run)
        archive.store(reading(at=1), run)

        assert ask.rows("SELECT state, attempts, reason FROM urls") == [
            {"state": "done", "attempts": 0, "reason": None}
        ]


class TestSections:
    def test_the_body_is_kept_when_it_brought_something(self, archive: Archive, run: str, ask: Ask):
        assert archive.store(reading(section(1, 2)), run).outcome == "section"
        assert ask.one("SELECT body_kept FROM fetches") == "links"
        assert ask.rows("SELECT kind, state FROM urls") == [{"kind": "section", "state": "done"}]

    def test_links_entered_before_it_was_stored_count(self, archive: Archive, run: str, ask: Ask):
        from crawler.archive import Candidate
        from crawler.items import Found

        page = section(1)
        archive.ledger.add(run, OUTLET, [Candidate(url(1), found=Found(on=page.url))])
        archive.store(reading(page), run)

        assert ask.one("SELECT body_kept FROM fetches") == "links"

    def test_the_body_is_not_kept_when_everything_was_known(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(article(1)), run)
        archive.store(reading(section(1), at=1), run)

        assert ask.one("SELECT body_kept FROM fetches WHERE outcome = 'section'") is None
        assert ask.count("bodies") == 1


class TestOnce:
    """A page stored twice, because a crawl was killed in between, leaves one trace."""

    def test_the_same_page_again_changes_nothing(self, archive: Archive, run: str, ask: Ask):
        pages = [reading(), reading(rejection(number=2)), reading(section(3)), reading(article(4), at=1)]
        first = [archive.store(page, run) for page in pages]
        before = {table: ask.rows(f"SELECT * FROM {table}") for table in ("fetches", "articles", "revisions", "urls")}

        again = [archive.store(page, run) for page in pages]

        assert [(one.outcome, one.article_id, one.copy_of) for one in again] == [
            (one.outcome, one.article_id, one.copy_of) for one in first
        ]
        assert before == {table: ask.rows(f"SELECT * FROM {table}") for table in before}

    def test_ids_do_not_depend_on_the_machine(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(), run)

        assert ask.one("SELECT id FROM revisions") == "beb28089f8c1beae4d70af0aab01fee2"

    def test_a_failing_insert_leaves_nothing(self, archive: Archive, run: str, ask: Ask):
        archive.ledger.add(run, OUTLET, [])
        archive.connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON images BEGIN SELECT RAISE(ABORT, 'on purpose'); END"
        )
        page = reading(article(1, images=[Image("https://baosongmay.test/a.jpg")]))

        with pytest.raises(sqlite3.IntegrityError, match="on purpose"):
            archive.store(page, run)

        for table in ("fetches", "bodies", "dictionaries", "articles", "revisions", "urls", "authors"):
            assert ask.count(table) == 0
        ask.indexes_agree()
        archive.connection.execute("DROP TRIGGER broken")
        assert archive.store(page, run).outcome == "new"

    def test_a_stale_decision_is_made_anew(self, archive: Archive, run: str, ask: Ask):
        early, late = reading(), reading(at=1)
        early.decision = archive.decide(early)
        late.decision = archive.decide(late)
        assert (early.decision.outcome, late.decision.outcome) == ("new", "new")

        assert archive.store(early, run).outcome == "new"
        assert archive.store(late, run).outcome == "unchanged"
        assert ask.count("articles") == 1

    def test_deciding_writes_nothing(self, archive: Archive, run: str):
        before = archive.connection.total_changes
        archive.decide(reading())

        assert archive.connection.total_changes == before


class TestOldPages:
    """Replay may bring pages that are older than what is known."""

    def test_an_older_text_does_not_become_the_last(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(article(1, edited(), authors=["Lê Thị Sen"]), at=9), run)

        assert archive.store(reading(article(1, authors=["Trần Văn Bần"]), at=1), run).outcome == "revised"
        assert ask.one("SELECT body FROM articles_latest") == edited()
        assert ask.one("SELECT name FROM authors JOIN article_authors ON author = authors.id") == "Lê Thị Sen"
        assert ask.rows("SELECT first_seen_at, last_seen_at FROM articles") == [
            {"first_seen_at": "2026-11-01T01:00:00.000Z", "last_seen_at": "2026-11-01T09:00:00.000Z"}
        ]
        ask.indexes_agree()

    def test_a_known_older_text_is_unchanged(self, archive: Archive, run: str):
        archive.store(reading(at=1), run)
        archive.store(reading(article(1, edited()), at=9), run)

        assert archive.store(reading(at=2), run).outcome == "unchanged"

    def test_a_text_from_before_it_was_last_seen_does_not_become_the_last(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(at=1), run)
        archive.store(reading(at=9), run)

        assert archive.store(reading(article(1, edited()), at=5), run).outcome == "revised"
        assert ask.one("SELECT body FROM articles_latest") == CANAL

    def test_pages_with_one_time_can_be_replayed_twice(self, archive: Archive, run: str, ask: Ask):
        pages = [reading(article(1)), reading(article(1, edited()))]
        for page in pages:
            assert archive.store(page, run).outcome in ("new", "revised")
        second = archive.start_run("replay", {}, [])

        assert [archive.store(page, second).outcome for page in pages] == ["unchanged", "unchanged"]
        assert ask.one("SELECT body FROM articles_latest") == edited()

    def test_an_old_removal_does_not_take_the_article_away(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(at=9), run)
        archive.store(reading(rejection("error"), at=1, status=404), run)

        assert ask.one("SELECT gone_at FROM articles") is None

    def test_an_old_page_does_not_bring_back_what_went_later(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(at=1), run)
        archive.store(reading(rejection("error"), at=9, status=404), run)
        archive.store(reading(at=2), run)

        assert ask.one("SELECT gone_at FROM articles") == "2026-11-01T09:00:00.000Z"


def test_everything_the_page_said_is_in_the_revision(archive: Archive, run: str, ask: Ask):
    from crawler.items import Dropped

    said = article(
        1,
        lead="Một buổi sáng nhiều mồ hôi.",
        blocks=[Block("heading", "Từ sáng sớm"), Block("caption", "Vớt bèo"), Block("paragraph", CANAL)],
        authors=["MỸ LINH", "Mỹ Linh", "Lê Thị Sen"],
        source="TTXVN/Vietnam+ - dpa",
        agency=["TTXVN", "dpa"],
        section=["Xã hội", "Đời sống"],
        tags=["kênh", "dừa nước"],
        language="vi",
        images=[Image("https://baosongmay.test/a.jpg", "Vớt bèo"), Image("https://baosongmay.test/b.jpg")],
        provenance={"title": "rule"},
        dropped=[Dropped("A A", "font_size")],
        warnings=["caption_or_heading"],
        published_raw="05/11/2026 - 06:51",
        modified_raw="06/11/2026",
        modified_at="2026-11-06T00:00:00+07:00",
    )
    record = archive.article(archive.store(reading(said, charset="utf-8"), run).article_id or 0)

    (revision,) = record.revisions
    assert revision["body"] == f"Từ sáng sớm\n\n{CANAL}"
    assert revision["captions"] == "Vớt bèo"
    assert revision["blocks"][1] == {"kind": "caption", "text": "Vớt bèo"}
    assert revision["published_day"] == "2026-11-05"
    for name in ("title", "lead", "published_at", "published_raw", "modified_at", "modified_raw", "authors", "source",
                 "agency", "section", "tags", "language", "layout", "provenance", "warnings", "url",
                 "kind"):  # fmt: skip
        assert revision[name] == getattr(said, name), name
    assert revision["dropped"] == [{"text": "A A", "rule": "font_size"}]
    assert [(image["position"], image["url"], image["caption"]) for image in record.images] == [
        (1, "https://baosongmay.test/a.jpg", "Vớt bèo"),
        (2, "https://baosongmay.test/b.jpg", None),
    ]
    assert record.latest["authors"] == "MỸ LINH, Mỹ Linh, Lê Thị Sen"
    assert record.latest["section"] == "Xã hội / Đời sống"
    assert record.latest["agency"] == "TTXVN, dpa"
    # as a facet the two spellings are one person
    assert [row["name"] for row in ask.rows("SELECT name FROM authors ORDER BY id")] == ["MỸ LINH", "Lê Thị Sen"]
    (fetch,) = record.fetches
    assert (fetch["status"], fetch["charset"]) == (200, "utf-8")
    assert fetch["headers"].count("Set-Cookie") == 2


def test_facets_are_those_of_the_last_revision(archive: Archive, run: str, ask: Ask):
    archive.store(reading(article(1, tags=["kênh", "bèo"], authors=["Lê Thị Sen"])), run)
    archive.store(reading(article(1, edited(), tags=["Kênh"], authors=[]), at=1), run)

    assert [row["name"] for row in ask.rows("SELECT name FROM tags JOIN article_tags ON tag = tags.id")] == ["kênh"]
    assert ask.count("article_authors") == 0


@pytest.mark.parametrize("outlet", [None, "baomoi"])
def test_a_document_of_no_known_outlet(archive: Archive, run: str, ask: Ask, outlet: str | None):
    stranger = article(1, outlet=outlet, key="url:https://khac.test/x", url="https://khac.test/x")

    assert archive.store(reading(stranger), run).outcome == "new"
    assert ask.rows("SELECT outlet, province FROM articles_latest") == [{"outlet": outlet, "province": None}]


def test_a_document_without_address(archive: Archive, run: str, ask: Ask):
    dump = article(1, key="sha256/00ff", url=None, outlet=None)

    assert archive.store(reading(dump, body=b"dump"), run).outcome == "new"
    assert archive.store(reading(dump, body=b"dump", at=1), run).outcome == "unchanged"
    assert ask.count("urls") == 0
    assert ask.rows("SELECT url FROM fetches") == [{"url": None}, {"url": None}]


def test_text_that_sqlite_cannot_hold_is_stored_with_marks(archive: Archive, run: str, ask: Ask):
    broken = article(1, "một\x00hai\ud800 ba", title="Cà phe\u0302", authors=["Sen\x00"])

    archive.store(reading(broken, body=b"\x00\xff"), run)

    assert ask.rows("SELECT title, body, authors FROM articles_latest") == [
        {"title": "Cà phê", "body": "một\ufffdhai\ufffd ba", "authors": "Sen\ufffd"}
    ]
    ask.indexes_agree()


def test_naive_times_count_as_utc(archive: Archive, run: str, ask: Ask):
    page = reading()
    page.page.fetched_at = page.page.fetched_at.replace(tzinfo=None) + timedelta(microseconds=1500)
    archive.store(page, run)

    assert ask.one("SELECT fetched_at FROM fetches") == "2026-11-01T00:00:00.001Z"
