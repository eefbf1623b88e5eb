"""Vietnamese papers without an outlet file, each in its own markup: headline, minute, lead and text are right."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from crawler.extraction import read
from crawler.items import Article, Page
from tests.extraction.generic.reading import NOBODYS

FOLDER = Path(__file__).parent
PAPERS = sorted(file.stem for file in FOLDER.glob("*.html"))
ALL = pytest.mark.parametrize("paper", PAPERS)

TITLE = "Làng gốm bên sông nhóm lại lò sau mười hai năm tắt lửa"
LEAD = (
    "Mười hai năm sau mẻ gốm cuối cùng, bảy hộ ở làng Gò Sành góp đất, góp củi để nhóm lại lò lớn, mong giữ được "
    "nghề của cha ông."
)
#: What a paper prints before its lead: the place, or its own name.
PRINTED_BEFORE = {"vnexpress": "Cần Thơ", "dan_tri": "(Dân trí) - "}
FIRST_WORDS = ["Sáng 8/1, khói trắng", "Ông Trịnh Văn Lò", "Theo UBND xã", "Bà Đặng Thị Men", "Xã dự tính"]
LAST_WORDS = ["mùi đất ướt.", "thêm củi.", "đặt mua từ trước.", "bà nói.", "sau khi nung."]


@cache
def article(paper: str) -> Article:
    page = Page(
        f"https://{paper.replace('_', '-')}.example/doi-song/lang-gom-ben-song-nhom-lai-lo-4812345.html",
        (FOLDER / f"{paper}.html").read_bytes(),
        datetime(2026, 1, 9, tzinfo=UTC),
    )
    found = read(page, NOBODYS)
    assert isinstance(found, Article), found
    return found


def test_there_are_papers() -> None:
    assert len(PAPERS) >= 6


@ALL
def test_the_headline_is_right(paper: str) -> None:
    assert article(paper).title == TITLE


@ALL
def test_the_text_is_exact(paper: str) -> None:
    paragraphs = article(paper).paragraphs
    assert [text[: len(first)] for text, first in zip(paragraphs, FIRST_WORDS, strict=True)] == FIRST_WORDS
    assert [text[-len(last) :] for text, last in zip(paragraphs, LAST_WORDS, strict=True)] == LAST_WORDS


@ALL
def test_the_lead_is_kept(paper: str) -> None:
    assert article(paper).lead == PRINTED_BEFORE.get(paper, "") + LEAD


@ALL
def test_the_minute_is_right(paper: str) -> None:
    assert article(paper).published_at == "2026-01-08T10:21:00+07:00"


@ALL
def test_captions_are_captions(paper: str) -> None:
    assert article(paper).captions == ["Lò lớn ở làng Gò Sành được nhóm lại sáng 8/1. Ảnh: Hữu Trí"]


@ALL
def test_the_site_is_never_the_author(paper: str) -> None:
    assert article(paper).authors in ([], ["Hữu Trí"])
