"""When trafilatura is asked, and when that would take too long."""

from __future__ import annotations

import pytest
import trafilatura
from lxml import html

from crawler.extraction.generic.second_opinion import MOST_ELEMENTS, SecondOpinion

LINE = "Trạm bơm Cầu Kè chạy hết công suất suốt ba ngày liền để cứu hai trăm hecta lúa chớm trổ."


def _page(lines: int) -> SecondOpinion:
    return SecondOpinion(html.document_fromstring(f"<body><article>{f'<p>{LINE}</p>' * lines}</article></body>"))


def test_a_page_of_any_usual_size_has_a_second_opinion() -> None:
    assert _page(60).agrees(LINE)


def test_a_huge_page_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(trafilatura, "extract", lambda markup, **options: asked.append(markup))
    assert not _page(MOST_ELEMENTS).agrees(LINE)
    assert asked == []
    _page(MOST_ELEMENTS // 2).agrees(LINE)
    assert len(asked) == 1
