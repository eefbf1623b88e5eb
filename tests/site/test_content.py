"""The content itself: enough articles, each its own, and a truth that follows from them."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from crawler.registry import default_registry
from tests.site import addresses
from tests.site.papers import CONTENT, papers
from tests.site.stories import ContentError, Story, plain, read_story, stories
from tests.site.truth import Record, expected, truth

EVERY = {addresses.key(story): story for edition in (1, 2) for story in stories(edition)}


def text_of(story: Story) -> str:
    """Lead and paragraphs as one text."""
    return " ".join([story.lead or "", *(plain(line) for p in story.pieces if p.kind != "photo" for line in p.lines)])


def shingles(text: str) -> set[tuple[str, ...]]:
    """All runs of three syllables, case folded, without punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def test_there_are_enough_articles_in_both_papers() -> None:
    assert len(EVERY) >= 64
    for edition in (1, 2):
        assert len(stories(edition)) >= 60
        assert min(expected().articles[edition].values()) >= 30


@pytest.mark.parametrize("story", EVERY.values(), ids=EVERY.keys())
def test_an_article_is_a_whole_piece_of_news(story: Story) -> None:
    text = text_of(story)
    assert story.title
    assert (story.lead is None) == (story.layout == "firstpara")
    assert 3 <= sum(1 for piece in story.pieces if piece.kind in ("paragraph", "loose")) <= 8
    assert len(text.split()) >= 120
    assert unicodedata.is_normalized("NFC", text)
    assert re.search(r"[ạảãấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", text)
    assert date(2026, 9, 20) <= story.published.date() <= date(2026, 10, 31)


def test_some_articles_are_published_at_hours_where_utc_has_another_day() -> None:
    shown = [f"{story.published:%H:%M}" for story in EVERY.values()]
    assert "06:51" in shown
    assert any(time.startswith("00:1") for time in shown)


def test_titles_and_ids_are_each_their_own() -> None:
    for edition in (1, 2):
        told = stories(edition)
        assert max(Counter(story.title for story in told).values()) == 1
        assert max(Counter((story.paper.name, story.id) for story in told).values()) == 1


def test_no_two_unrelated_articles_have_much_in_common() -> None:
    copies = {frozenset(pair) for pair in expected().copies}
    sets = {key: shingles(text_of(story)) for key, story in EVERY.items()}
    for (one, a), (other, b) in itertools.combinations(sets.items(), 2):
        if frozenset((one, other)) not in copies:
            assert len(a & b) / min(len(a), len(b)) < 0.08, (one, other)


def test_one_pair_of_copies_is_the_same_text_and_one_is_edited() -> None:
    sets = [[shingles(text_of(EVERY[key])) for key in pair] for pair in expected().copies]
    alike = sorted(len(one & other) / len(one | other) for one, other in sets)
    assert len(alike) == 2
    assert 0.7 < alike[0] < 1
    assert alike[1] == 1
    for one, other in expected().copies:
        assert EVERY[one].paper is not EVERY[other].paper
        assert EVERY[one].title != EVERY[other].title


def test_the_second_edition_differs_as_it_should() -> None:
    outcome = expected()
    assert len(outcome.withdrawn) == 1
    assert len(outcome.new) >= 5
    assert len(outcome.edited) >= 3
    assert len(outcome.unchanged) >= 50
    first, second = truth(1), truth(2)

    def changed(key: str) -> set[str]:
        return {field for field in Record.__annotations__ if first[key][field] != second[key][field]}  # type: ignore[literal-required]

    fields = {key: changed(key) for key in outcome.edited}
    assert {"title"} in fields.values()
    assert {"lead"} in fields.values()
    longer = [key for key in outcome.edited if len(second[key]["paragraphs"]) == len(first[key]["paragraphs"]) + 1]
    assert len(longer) == 1
    corrected = [
        key
        for key in outcome.edited
        if fields[key] >= {"title", "paragraphs"}
        and re.sub(r"[\d.]+", "", first[key]["title"]) == re.sub(r"[\d.]+", "", second[key]["title"])
    ]
    assert len(corrected) == 1


@pytest.mark.parametrize("edition", [1, 2])
def test_every_record_is_complete(edition: int) -> None:
    registry = default_registry()
    for key, record in truth(edition).items():
        assert record.keys() == Record.__annotations__.keys()
        outlet = registry.get(record["outlet"])
        space_and_id = outlet.article_id(record["url"])
        assert space_and_id is not None
        assert key == record["key"] == "/".join((outlet.name, *space_and_id))
        assert record["published_at"].endswith("+07:00")
        assert record["authors"] or record["source"]
        assert record["section"]
        assert record["paragraphs"]
        assert record["tags"]
        assert len(record["captions"]) == len(record["images"]) == len(set(record["images"]))
        values = [record["title"], record["lead"] or "", *record["paragraphs"], *record["captions"], *record["tags"]]
        assert not any(junk.casefold() in value.casefold() for junk in record["junk"] for value in values)


def test_all_forms_of_text_and_signature_occur() -> None:
    kinds = {piece.kind for story in EVERY.values() for piece in story.pieces}
    assert kinds == {"paragraph", "loose", "heading", "list", "quote", "table", "photo"}
    assert {story.layout for story in EVERY.values()} == {"header", "spans", "figures", "desc", "firstpara"}
    bylines = " | ".join(story.byline for story in EVERY.values())
    for form in ("Tin, ảnh: ", "Bài và ảnh: ", "Theo TTXVN", "(Theo TTXVN)", " - ", "Ghi chép"):
        assert form in bylines
    assert any(story.style == "br" for story in EVERY.values())
    assert {photo.suffix for photo in (CONTENT / "photos").iterdir()} >= {".jpg", ".png", ".webp"}


def test_a_faulty_content_file_is_named(tmp_path) -> None:
    paper = next(iter(papers().values()))
    for head, body, said in (
        ("title: x", "y", "no layout"),
        ("titel: x", "y", "not a line of the head"),
        ("title: x\npublished: 2026-10-01\nsection: thoi-su\ntags: a\nlayout: round", "y", "layout"),
        ("title: x\npublished: 2026-10-01\nsection: thoi-su\ntags: a\nlayout: desc", "! none.jpg", "no photo"),
    ):
        path = tmp_path / "7-x.txt"
        path.write_text(f"{head}\n\n{body}\n", encoding="utf-8")
        with pytest.raises(ContentError, match=said) as caught:
            read_story(path, paper, 1)
        assert "7-x.txt" in str(caught.value)
