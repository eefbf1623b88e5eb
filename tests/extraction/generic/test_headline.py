"""The headline of a page without rules."""

from __future__ import annotations

import pytest

from tests.extraction.generic.reading import BODY, TITLE, article, markup

ENGLISH = "Four new crews join the boat race of Binh Loc"
ENGLISH_BODY = (
    "<p>Hundreds of people came early yesterday to watch the first boat race of the year from both banks of the "
    "canal, and children climbed onto the barges that were moored there with their load of rice.</p>"
    "<p>Twelve crews took part this year, the organisers said, four more than the last time, and many of those at the "
    "oars were young and had never before rowed in a race as large as this one.</p>"
)

STATED = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{ENGLISH}"}}</script>'


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="og:title" content="Hội đua ghe Bình Lộc: thêm bốn đội">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Đua ghe"}</script>',
    ],
)
def test_a_vietnamese_paper_means_what_it_prints(head: str) -> None:
    assert article(markup(BODY, head)).title == TITLE


def page(title: str, head: str, heading: str) -> str:
    return (
        f"<html lang='en'><head><title>{title}</title>{head}</head><body><h1>{heading}</h1>"
        f"<article>{ENGLISH_BODY}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("title", "head", "heading"),
    [
        (f"{ENGLISH} | The Canal Post", "", ENGLISH),
        (f"{ENGLISH} | The Canal Post", f'<meta property="og:title" content="{ENGLISH}">', "The Canal Post"),
        (f"{ENGLISH} – Sport – The Canal Post", "", ENGLISH),
        (
            f"{ENGLISH}-Sport｜Canal",
            f'<meta name="headline" content="{ENGLISH}"><meta property="og:title" content="{ENGLISH}-Sport｜Canal">',
            "Menu of the Canal",
        ),
        (
            "Boat race",
            f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{ENGLISH}"}}</script>',
            "Boat race grows",
        ),
    ],
)
def test_elsewhere_the_statement_for_machines_goes_first(title: str, head: str, heading: str) -> None:
    assert article(page(title, head, heading)).title == ENGLISH
